import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, waitFor } from '@testing-library/react';
import { fleetApiRef } from '../../api';
import { changeOf, fleetApiOf } from '../../testing/fleet';
import { ChangeActions } from './ChangeActions';

// In a file of its own: what was once allowed stays in the cache of `usePermission`.
it('offers nothing to who may not change the fleet', async () => {
  const permission = mockApis.permission({ authorize: 'DENY' as any });
  const authorize = jest.spyOn(permission, 'authorize');
  renderInTestApp(
    <>
      <h1>Shown</h1>
      <ChangeActions
        change={changeOf('c-1', { state: 'proposed' })}
        heir={{ current: null }}
        onChanged={() => {}}
      />
    </>,
    {
      apis: [
        [fleetApiRef, fleetApiOf({})],
        [permissionApiRef, permission],
      ] as any,
    },
  );
  await screen.findByRole('heading', { name: 'Shown' });
  await waitFor(() => expect(authorize).toHaveBeenCalled());
  expect(screen.queryByRole('button')).toBeNull();
});
