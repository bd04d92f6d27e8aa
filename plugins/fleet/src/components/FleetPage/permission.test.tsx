import { mockApis } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { withLayout } from '../../testing/fleet';
import { cell, matrixAnswer, openFleetPage } from './__testUtils__/fleetPage';

let restoreLayout = () => {};
beforeEach(() => {
  restoreLayout = withLayout();
});
afterEach(() => restoreLayout());

// In a file of its own: what one may is remembered across the tests of a file.
it('offers no change to those who may not ask for one', async () => {
  const user = userEvent.setup();
  openFleetPage(
    { getMatrix: async () => matrixAnswer([[0, 1, 'healthy', '1.4.3']]) },
    mockApis.permission({ authorize: 'DENY' as any }),
  );
  await user.keyboard('{Control>}');
  await user.click(await cell(/^payments on spoke-eu-dev/));
  await user.keyboard('{/Control}');
  const bar = await screen.findByRole('region', { name: 'Selected cells' });
  expect(
    within(bar)
      .getAllByRole('button')
      .map(each => each.getAttribute('aria-label')),
  ).toEqual(['Clear the selection']);
});
