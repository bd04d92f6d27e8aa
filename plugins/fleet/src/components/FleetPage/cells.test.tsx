import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { hubOf, withLayout } from '../../testing/fleet';
import { cell, matrixAnswer, openFleetPage } from './__testUtils__/fleetPage';

let restoreLayout = () => {};
beforeEach(() => {
  restoreLayout = withLayout();
});
afterEach(() => restoreLayout());

describe('the cells of the fleet page', () => {
  it.each([
    ['healthy', 'Healthy'],
    ['progressing', 'Progressing'],
    ['degraded', 'Degraded'],
    ['out-of-sync', 'Out of sync'],
    ['missing', 'Missing'],
    ['suspended', 'Suspended'],
    ['unknown', 'Unknown'],
  ] as const)(
    'shows %s with its version, its word and a shape of its own',
    async (state, word) => {
      openFleetPage({
        getMatrix: async () => matrixAnswer([[0, 2, state, '1.4.2']]),
      });
      const found = await cell(/^payments on spoke-eu-prod/);
      expect(found).toHaveAccessibleName(
        `payments on spoke-eu-prod: 1.4.2, ${word}`,
      );
      expect(found).toHaveTextContent('1.4.2');
      expect(found.querySelector('svg')).toHaveAttribute('data-state', state);
      // The same cell without the same state does not look the same.
      const absent = await cell(/^payments on spoke-eu-dev/);
      expect(absent).toHaveAccessibleName(
        'payments on spoke-eu-dev: Not deployed',
      );
      // Its dash is drawn by the style sheet.
      expect(absent).toBeEmptyDOMElement();
    },
  );

  it('says words in the health lens', async () => {
    openFleetPage({
      getMatrix: async () => matrixAnswer([[0, 2, 'out-of-sync', '1.4.2']]),
    });
    await userEvent.click(await screen.findByRole('radio', { name: 'Health' }));
    expect(await cell(/^payments on spoke-eu-prod/)).toHaveTextContent(
      'Out of sync',
    );
  });

  it('never shows as current what a hub that does not answer last said', async () => {
    const observedAt = new Date(Date.now() - 14 * 60_000);
    openFleetPage({
      getMatrix: async () =>
        matrixAnswer(
          [
            [0, 0, 'healthy', '1.4.2'],
            [1, 0, 'degraded', '4.0.3'],
          ],
          {
            hubs: [
              hubOf('hub-ap', {
                status: 'unreachable',
                observedAt,
                since: observedAt,
                message: 'connect ECONNREFUSED',
              }),
              hubOf('hub-eu'),
            ],
          },
        ),
    });
    const was = await cell(/^payments on spoke-ap-prod/);
    expect(was).toHaveAccessibleName(
      'payments on spoke-ap-prod: 1.4.2, Unreachable, last known Healthy, 14 min ago',
    );
    expect(was).not.toHaveTextContent('Healthy');
    expect(was.querySelector('svg')).toHaveAttribute(
      'data-state',
      'unreachable',
    );
    // A failure that was known stays visible.
    const failed = await cell(/^search on spoke-ap-prod/);
    expect(failed.querySelector('svg')).toHaveAttribute(
      'data-state',
      'degraded',
    );
    const region = screen.getByRole('columnheader', { name: /hub-ap/ });
    expect(region).toHaveTextContent('Unreachable, 14 min');
    expect(region).not.toHaveTextContent(/healthy|synced/i);

    expect(screen.getByText('hub-ap does not answer.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'What to do' }));
    expect(screen.getByText(/connect ECONNREFUSED/)).toHaveTextContent(
      /Check that the hub’s API server runs/,
    );
  });
});
