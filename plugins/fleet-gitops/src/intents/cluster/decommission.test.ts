import {
  exampleFile,
  exampleRepository as repository,
  exampleWith,
} from '../../claims/__testUtils__/exampleRepository';
import { indexRepository, withChanges } from '../../repository';
import { failure, lineChanges, plan, run } from './__testUtils__/run';

describe('cluster.decommission', () => {
  const cluster = 'spoke-us-east-1-staging';
  const claimFile = `claims/${cluster}.yaml`;
  const clusterFile = `clusters/${cluster}.yaml`;

  it('goes in three stages, each of which the one before allows', () => {
    const whole = run('cluster.decommission', { cluster });
    expect(whole.title).toBe(`Decommission ${cluster}`);
    expect([...whole.changes]).toEqual([
      [clusterFile, undefined],
      [claimFile, undefined],
    ]);
    expect(whole.stages).toEqual([
      {
        id: 'drain',
        title: 'Drain',
        waitFor: 'removed',
        clusters: [cluster],
      },
      {
        id: 'unregister',
        title: 'Unregister',
        waitFor: 'removed',
        clusters: [cluster],
        objects: [
          {
            apiVersion: 'v1',
            kind: 'Secret',
            namespace: 'argocd',
            name: cluster,
          },
        ],
      },
      {
        id: 'delete-claim',
        title: 'Delete the claim',
        waitFor: 'removed',
        clusters: [cluster],
        objects: [
          {
            apiVersion: 'kro.run/v1alpha1',
            kind: 'EksCluster',
            namespace: 'clusters',
            name: cluster,
          },
        ],
      },
    ]);

    const [drain, unregister, deletion] = whole.stages!;
    const drained = run('cluster.decommission', { cluster }, repository, {
      stage: drain,
    });
    expect(drained.stages).toBeUndefined();
    expect(drained.branch).toBe(`${whole.branch}-drain`);
    expect(lineChanges(drained.changes)).toEqual({
      [clusterFile]: [
        'accounts',
        'cart',
        'checkout',
        'ledger',
        'notifications',
        'payments',
        'recommendations',
        'search',
      ].map(service => `- enable_${service}: "true"`),
    });
    expect(plan(drained.changes)).toMatchObject({
      creates: 0,
      changes: 0,
      deletes: 8,
    });

    const afterDrain = withChanges(repository, drained.changes);
    const unregistered = run('cluster.decommission', { cluster }, afterDrain, {
      stage: unregister,
    });
    expect([...unregistered.changes]).toEqual([[clusterFile, undefined]]);
    expect(plan(unregistered.changes, afterDrain).deletes).toBe(0);

    const afterUnregister = withChanges(afterDrain, unregistered.changes);
    const deleted = run('cluster.decommission', { cluster }, afterUnregister, {
      stage: deletion,
    });
    expect([...deleted.changes]).toEqual([[claimFile, undefined]]);

    const gone = withChanges(afterUnregister, deleted.changes);
    for (const stage of whole.stages!)
      expect(
        run('cluster.decommission', { cluster }, gone, { stage }).changes.size,
      ).toBe(0);
    expect(
      failure(() => run('cluster.decommission', { cluster }, gone)).name,
    ).toBe('NotFoundError');
  });

  it('is the same where the hub still has the labels that go', () => {
    const { clusters } = indexRepository(repository);
    const live = clusters.map(({ name, server, labels, annotations }) => ({
      name,
      server,
      labels,
      annotations,
    }));
    expect(
      run('cluster.decommission', { cluster }, repository, { clusters: live }),
    ).toEqual(run('cluster.decommission', { cluster }));
  });

  it('neither unregisters what still runs services nor deletes what is registered', () => {
    const { stages } = run('cluster.decommission', { cluster });
    const at =
      (index: number, files = repository) =>
      () =>
        run('cluster.decommission', { cluster }, files, {
          stage: stages![index],
        });
    expect(at(1)).toThrow('still receives accounts, cart, checkout, ledger');
    expect(at(2)).toThrow(`is still registered in ${clusterFile}`);
  });

  it('drains a cluster without a claim and unregisters it', () => {
    const { stages, changes } = run('cluster.decommission', {
      cluster: 'spoke-us-east-1-prod',
    });
    expect(stages!.map(({ id }) => id)).toEqual(['drain', 'unregister']);
    expect([...changes]).toEqual([
      ['clusters/spoke-us-east-1-prod.yaml', undefined],
    ]);
  });

  it('takes one document out of a file, and the file off the list beside it', () => {
    const example = exampleWith({
      [clusterFile]: undefined,
      'clusters/all.yaml': `# Clusters\n---\n${repository.files.get(
        clusterFile,
      )}---\n# another\nkind: ConfigMap\napiVersion: v1\nmetadata: { name: x }\n`,
      'claims/kustomization.yaml': `resources:\n  - spoke-eu-west-1-prod.yaml\n  - ${cluster}.yaml # KRO\n`,
    });
    const { changes } = run('cluster.decommission', { cluster }, example);
    expect(changes.get('clusters/all.yaml')).toBe(
      '# Clusters\n---\n# another\nkind: ConfigMap\napiVersion: v1\nmetadata: { name: x }\n',
    );
    expect(changes.get('claims/kustomization.yaml')).toBe(
      'resources:\n  - spoke-eu-west-1-prod.yaml\n',
    );
    expect(changes.has(claimFile)).toBe(true);
  });

  const selecting = (selector: string) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: agents
  namespace: argocd
spec:
  goTemplate: true
  generators:
    - clusters:
        selector: ${selector}
  template:
    metadata: { name: "agent-{{.name}}" }
    spec:
      project: default
      source: { repoURL: "${repository.url}", path: services/cart, targetRevision: main }
      destination: { name: "{{.name}}", namespace: agents }
`;

  it('takes away any label that selects the cluster', () => {
    const example = exampleWith({
      'applicationsets/agents.yaml': selecting(
        '{ matchExpressions: [{ key: environment, operator: In, values: [staging] }] }',
      ),
    });
    const { stages } = run('cluster.decommission', { cluster }, example);
    const { changes } = run('cluster.decommission', { cluster }, example, {
      stage: stages![0],
    });
    expect(changes.get(clusterFile)).not.toContain('environment: staging');
    expect(plan(changes, example).deletes).toBe(9);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'something that goes to every cluster',
      { 'applicationsets/agents.yaml': selecting('{}') },
      'cannot be drained: applicationsets/agents.yaml deploys agent-spoke-us-east-1-staging to it',
    ],
    [
      'the hub itself',
      {
        [clusterFile]: exampleFile(clusterFile, [
          `https://${cluster}.clusters.acme.example:6443`,
          'https://kubernetes.default.svc',
        ]),
      },
      'is the hub itself',
    ],
  ])('refuses %s', (_case, files, message) => {
    expect(() =>
      run('cluster.decommission', { cluster }, exampleWith(files)),
    ).toThrow(message);
  });

  it('is stopped by a guard where a service would lose its last cluster', () => {
    const last = indexRepository(repository)
      .clusters.filter(({ name }) => name !== cluster)
      .map(({ file }) => file);
    const example = exampleWith(
      Object.fromEntries(
        last.map(file => [
          file,
          repository.files.get(file)!.replace(/ +enable_cart: "true"\n/, ''),
        ]),
      ),
    );
    const { changes } = run('cluster.decommission', { cluster }, example);
    expect(plan(changes, example).guards).toContainEqual(
      expect.objectContaining({
        level: 'stop',
        message: expect.stringContaining(
          '`services-cart` would generate nothing',
        ),
      }),
    );
  });
});
