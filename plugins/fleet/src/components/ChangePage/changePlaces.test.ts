import { changeOf, clusterOf, planOf } from '../../testing/fleet';
import { clustersOfChange, idsByName } from './changePlaces';

describe('clustersOfChange', () => {
  it.each([
    [
      'what the plan touches',
      changeOf('c', { plan: planOf('payments', ['b', 'a', 'b']) }),
      ['a', 'b', 'spoke-eu-prod'],
    ],
    [
      'the cluster that it is about, by its id',
      changeOf('c', {
        intent: { kind: 'cluster.scale', parameters: { cluster: 'hub/spoke' } },
        plan: planOf('payments', []),
      }),
      ['spoke'],
    ],
    [
      'what its stages touch',
      changeOf('c', {
        intent: { kind: 'service.promote', parameters: { service: 'p' } },
        plan: planOf('payments', ['a']),
        stages: [
          {
            title: '1',
            clusters: ['a'],
            waitFor: 'healthy',
            plan: planOf('payments', ['a']),
          },
          {
            title: '2',
            clusters: ['b'],
            waitFor: 'healthy',
            plan: planOf('payments', ['b']),
          },
          { title: '3', clusters: [], waitFor: 'healthy' },
        ],
      }),
      ['a', 'b'],
    ],
    [
      'nothing where it names and touches none',
      changeOf('c', {
        intent: { kind: 'service.promote', parameters: { clusters: [7, ''] } },
        plan: planOf('payments', []),
      }),
      [],
    ],
  ])('names %s', (_, change, names) => {
    expect(clustersOfChange(change)).toEqual(names);
  });
});

it('leaves out names that several hubs have', () => {
  const ids = idsByName([
    clusterOf('eu', 'prod'),
    clusterOf('us', 'prod', 'a'),
    clusterOf('us', 'prod', 'b'),
  ]);
  expect([...ids]).toEqual([['spoke-eu-prod', 'hub/spoke-eu-prod']]);
});
