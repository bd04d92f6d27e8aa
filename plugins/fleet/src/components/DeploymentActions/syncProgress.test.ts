import { DeploymentOperation } from '@backstage-fleet/plugin-fleet-common';
import { deploymentOf } from '../../testing/fleet';
import { syncProgress } from './syncProgress';

const at = (second: string) => `2026-01-01T12:00:${second}Z`;

describe('syncProgress', () => {
  it.each<[string, DeploymentOperation | undefined, string]>([
    ['nothing was done yet', undefined, 'asked'],
    [
      'the last operation ended before',
      { phase: 'Succeeded', startedAt: at('01'), finishedAt: at('02') },
      'asked',
    ],
    ['an operation runs', { phase: 'Running', startedAt: at('11') }, 'syncing'],
    [
      'it ended in the second it was asked for',
      { phase: 'Succeeded', startedAt: at('10'), finishedAt: at('10') },
      'synced',
    ],
    [
      'it failed',
      { phase: 'Failed', startedAt: at('11'), finishedAt: at('12') },
      'failed',
    ],
    ['it could not begin', { phase: 'Error', finishedAt: at('12') }, 'failed'],
  ])('%s', (_, operation, phase) => {
    expect(
      syncProgress(deploymentOf('payments-eu', { operation }), at('10.700')),
    ).toMatchObject({ phase });
  });

  it('tells what Argo CD says of a failure', () => {
    const operation = {
      phase: 'Failed',
      finishedAt: at('12'),
      message: 'one or more objects failed to apply',
    };
    expect(
      syncProgress(deploymentOf('payments-eu', { operation }), at('10')),
    ).toMatchObject({ message: 'one or more objects failed to apply' });
  });
});
