import {
  exampleFile,
  exampleWith,
} from '../../claims/__testUtils__/exampleRepository';
import { lineChanges, run } from './__testUtils__/run';

describe('cluster.scale', () => {
  it.each<[string, object, string, string[]]>([
    [
      'the only pool of Cluster API',
      { cluster: 'spoke-ap-south-1-prod', replicas: 9 },
      'Scale general of spoke-ap-south-1-prod to 9',
      ['- replicas: 6', '+ replicas: 9'],
    ],
    [
      'a pool by its name',
      { cluster: 'spoke-eu-west-1-staging', pool: 'memory', replicas: 0 },
      'Scale memory of spoke-eu-west-1-staging to 0',
      ['- replicas: 1', '+ replicas: 0'],
    ],
    [
      'a Crossplane claim',
      { cluster: 'spoke-eu-west-1-prod', replicas: 10 },
      'Scale nodes of spoke-eu-west-1-prod to 10',
      ['- count: 8', '+ count: 10'],
    ],
    [
      'a KRO instance',
      { cluster: 'spoke-us-east-1-staging', pool: 'workers', replicas: 5 },
      'Scale workers of spoke-us-east-1-staging to 5',
      ['- replicas: 3', '+ replicas: 5'],
    ],
  ])('scales %s', (_case, parameters, title, lines) => {
    const applied = run('cluster.scale', parameters);
    expect(applied.title).toBe(title);
    expect(Object.values(lineChanges(applied.changes))).toEqual([lines]);
    expect(applied.changes.size).toBe(1);
  });

  const capi = 'claims/spoke-ap-south-1-prod.yaml';
  it.each<[string, object, Record<string, string>, string]>([
    [
      'a negative number',
      { cluster: 'spoke-ap-south-1-prod', replicas: -1 },
      {},
      'parameters.replicas: must not be negative',
    ],
    [
      'half a node',
      { cluster: 'spoke-ap-south-1-prod', replicas: 1.5 },
      {},
      'parameters.replicas: must be',
    ],
    [
      'no pool where there are two',
      { cluster: 'spoke-eu-west-1-staging', replicas: 1 },
      {},
      'parameters.pool: is needed, because spoke-eu-west-1-staging has 2: `general`, `memory`',
    ],
    [
      'an unknown pool',
      { cluster: 'spoke-eu-west-1-staging', pool: 'memry', replicas: 1 },
      {},
      'has no pool `memry`. Did you mean `memory`?',
    ],
    [
      'more than the definition allows',
      { cluster: 'spoke-eu-west-1-prod', replicas: 51 },
      {},
      'parameters.replicas: `spec.parameters.nodes.count` must be <= 50',
    ],
    [
      'a pool that the autoscaler sizes',
      { cluster: 'spoke-ap-south-1-prod', replicas: 9 },
      {
        [capi]: exampleFile(capi, [
          '          replicas: 6\n',
          '          metadata:\n            annotations:\n              cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size: "9"\n',
        ]),
      },
      'pool `general` has no fixed size: the cluster autoscaler sizes it',
    ],
  ])('refuses %s', (_case, parameters, files, message) => {
    expect(() => run('cluster.scale', parameters, exampleWith(files))).toThrow(
      message,
    );
  });
});
