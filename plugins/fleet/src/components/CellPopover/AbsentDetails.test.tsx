import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, waitFor } from '@testing-library/react';
import { fleetApiRef } from '../../api';
import { clusterOf, fleetApiOf, hubOf } from '../../testing/fleet';
import { AbsentDetails } from './AbsentDetails';

describe('AbsentDetails', () => {
  it('says that somebody may not change the fleet, and offers nothing', async () => {
    renderInTestApp(
      <AbsentDetails
        service="search"
        cluster={clusterOf('eu', 'prod')}
        hub={hubOf('hub')}
        onEnable={() => {}}
      />,
      {
        apis: [
          [
            fleetApiRef,
            fleetApiOf({
              explain: async () => ({
                service: 'search',
                cluster: 'hub/spoke-eu-prod',
                verdict: 'not-evaluable',
                reason: 'evaluation-error',
                sentence: 'ApplicationSet `x` uses a plugin generator.',
                checks: [],
                intent: { kind: 'service.onboard', parameters: {} },
                hubAgrees: false,
              }),
            }),
          ],
          [permissionApiRef, mockApis.permission({ authorize: 'DENY' as any })],
        ] as any,
      },
    );
    expect(
      await screen.findByText('You have no right to write changes to Git.'),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Enable here…' }),
      ).toBeDisabled(),
    );
    expect(screen.getByText('Not evaluable')).toBeInTheDocument();
    expect(screen.getByText(/hub shows something else/)).toBeInTheDocument();
  });
});
