import { FLEET_REVISION_CHANNEL } from '@backstage-fleet/plugin-fleet-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { withLayout } from '../../testing/fleet';
import { signals } from '../__testUtils__/signals';
import { cell, matrixAnswer, openFleetPage } from './__testUtils__/fleetPage';

let restoreLayout = () => {};
beforeEach(() => {
  restoreLayout = withLayout();
});
afterEach(() => restoreLayout());

const behind = matrixAnswer([
  [0, 0, 'healthy', '1.4.1'],
  [0, 1, 'healthy', '1.4.3'],
  [0, 2, 'healthy', '1.4.2'],
]);
const delta = { ...behind, full: false, services: [], clusters: [] };
const rollups = {
  groups: [{ region: 'ap', environment: 'prod', clusters: 1 }],
  row: [0],
  group: [0],
  worst: [6],
  deployments: [1],
  synced: [1],
  versionsBehind: [2],
  daysBehind: [12],
};

describe('how far deployments are behind', () => {
  it('is said in the cell, and by the head of the region', async () => {
    const api = openFleetPage({
      getMatrix: async (_since, options) =>
        options?.rollups ? { ...delta, rollups } : behind,
    });
    await cell(
      /^payments on spoke-ap-prod: 1\.4\.1, Healthy, 2 behind, 12 days$/,
    );
    await cell(/^payments on spoke-eu-prod: 1\.4\.2, Healthy, 1 behind$/);
    await cell(/^payments on spoke-eu-dev: 1\.4\.3, Healthy$/);
    expect(
      screen.getByRole('columnheader', { name: /hub-ap/ }),
    ).toHaveTextContent('12 d');
    expect(
      screen.getByRole('columnheader', { name: /hub-eu/ }),
    ).toHaveTextContent('1 behind');
    expect(api.getMatrix).toHaveBeenLastCalledWith(1, { rollups: true });

    await userEvent.click(screen.getByRole('radio', { name: 'Skew' }));
    expect(await cell(/^payments on spoke-ap-prod/)).toHaveAttribute(
      'data-behind',
      '2',
    );
    expect(await cell(/^payments on spoke-eu-dev/)).not.toHaveAttribute(
      'data-behind',
    );
  });

  it('is told without days where the backend does not know them', async () => {
    openFleetPage({
      getMatrix: async (_since, options) => {
        if (options?.rollups) {
          throw new Error('rollups is unknown');
        }
        return behind;
      },
    });
    expect(
      await cell(/^payments on spoke-ap-prod: 1\.4\.1, Healthy, 2 behind$/),
    ).toHaveTextContent('1.4.1');
  });

  it('is over when the deployment catches up, and the days are asked for again', async () => {
    let caughtUp = false;
    const api = openFleetPage({
      getMatrix: async (since, options) => {
        if (options?.rollups) {
          return { ...delta, rollups };
        }
        return caughtUp && since !== undefined
          ? {
              ...matrixAnswer([[0, 0, 'healthy', '1.4.3']], { revision: 2 }),
              full: false,
              services: [],
              clusters: [],
            }
          : behind;
      },
    });
    await cell(/^payments on spoke-ap-prod: .*12 days$/);
    caughtUp = true;
    signals.send(FLEET_REVISION_CHANNEL, { revision: 2 });
    await cell(/^payments on spoke-ap-prod: 1\.4\.3, Healthy$/);
    await waitFor(() =>
      expect(api.getMatrix).toHaveBeenLastCalledWith(2, { rollups: true }),
    );
  });
});
