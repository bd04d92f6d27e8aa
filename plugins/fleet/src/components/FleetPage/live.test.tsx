import { FLEET_REVISION_CHANNEL } from '@backstage-fleet/plugin-fleet-common';
import { screen } from '@testing-library/react';
import { withLayout } from '../../testing/fleet';
import { signals } from '../__testUtils__/signals';
import { cell, matrixAnswer, openFleetPage } from './__testUtils__/fleetPage';

let restoreLayout = () => {};
beforeEach(() => {
  restoreLayout = withLayout();
});
afterEach(() => restoreLayout());

describe('the fleet page over time', () => {
  it('shows everything as stale while the backend is silent, and recovers', async () => {
    let silent = false;
    const api = openFleetPage({
      getMatrix: async since => {
        if (silent) {
          throw new TypeError('Failed to fetch');
        }
        return {
          ...matrixAnswer([[0, 2, 'healthy', '1.4.2']]),
          full: since === undefined,
          revision: (since ?? 0) + 1,
        };
      },
    });
    await cell(/^payments on spoke-eu-prod: 1.4.2, Healthy/);
    silent = true;
    signals.send(FLEET_REVISION_CHANNEL, { revision: 9 });
    await cell(/^payments on spoke-eu-prod: 1.4.2, Stale, last known Healthy/);
    expect(
      screen.getByText('The fleet backend does not answer.'),
    ).toBeInTheDocument();
    silent = false;
    signals.send(FLEET_REVISION_CHANNEL, { revision: 9 });
    await cell(/^payments on spoke-eu-prod: 1.4.2, Healthy/);
    expect(api.getMatrix).toHaveBeenLastCalledWith(1);
  });

  it('shows a change when a signal says so, asking only for what is new', async () => {
    const api = openFleetPage({
      getMatrix: async since =>
        since === undefined
          ? matrixAnswer([[0, 2, 'progressing', '1.4.2']], { revision: 7 })
          : {
              ...matrixAnswer([[0, 2, 'healthy', '1.4.3']], { revision: 8 }),
              full: false,
              services: [],
              clusters: [],
            },
    });
    await cell(/^payments on spoke-eu-prod: 1.4.2, Progressing/);
    signals.send(FLEET_REVISION_CHANNEL, { revision: 8 });
    await cell(/^payments on spoke-eu-prod: 1.4.3, Healthy/);
    expect(api.getMatrix.mock.calls).toEqual([[undefined], [7]]);
  });

  it('says what is wrong where the fleet cannot be read', async () => {
    openFleetPage({
      getMatrix: async () => {
        throw Object.assign(new Error('Request failed with 403'), {
          body: {
            error: { message: 'You may not see clusters. Ask your admin.' },
          },
        });
      },
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The fleet cannot be shown.');
    expect(alert).toHaveTextContent(
      'You may not see clusters. Ask your admin.',
    );
  });
});
