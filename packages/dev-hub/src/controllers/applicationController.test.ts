import { applications } from '../objects';
import { REPOSITORY_URL, World } from './testing/world';

const deployment = (tag: string, memory = '64Mi') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: shop
          image: registry.example/shop:${tag}
          resources: { requests: { memory: ${memory} } }
`;
const config = (value: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: config }
data: { value: "${value}" }
`;

const AUTOMATED = { automated: { prune: true, selfHeal: true } };

function spec(overrides: Record<string, unknown> = {}) {
  return {
    project: 'default',
    source: { repoURL: REPOSITORY_URL, path: 'shop', targetRevision: 'main' },
    destination: { name: 'spoke-a', namespace: 'shop' },
    syncPolicy: AUTOMATED,
    ...overrides,
  };
}

describe('ApplicationController', () => {
  let world: World;
  afterEach(() => world.close());

  async function start(files: Record<string, string>) {
    world = await World.create(files);
    world.addCluster('spoke-a');
  }

  it('syncs a new Application in the order that Argo CD shows', async () => {
    await start({ 'shop/a.yaml': deployment('1.0.0') });
    world.addApplication('shop', spec());
    await world.pass(30);

    expect(world.seen.get('shop')).toEqual([
      '-/-/-',
      'OutOfSync/Missing/-',
      'OutOfSync/Missing/Running',
      'OutOfSync/Missing/Succeeded',
      'Synced/Progressing/Succeeded',
      'Synced/Healthy/Succeeded',
    ]);
    const { status, operation } = world.application('shop');
    expect(operation).toBeUndefined();
    expect(status.summary.images).toEqual(['registry.example/shop:1.0.0']);
    expect(status.sourceType).toBe('Directory');
    expect(status.history).toHaveLength(1);
    expect(status.operationState.syncResult.resources).toMatchObject([
      { message: 'deployment.apps/shop created', status: 'Synced' },
    ]);
  });

  it('rolls a commit out and prunes what Git no longer has', async () => {
    await start({
      'shop/a.yaml': deployment('1.0.0'),
      'shop/b.yaml': config('x'),
    });
    world.addApplication('shop', spec());
    await world.pass(30);
    const sha = await world.commit({
      'shop/a.yaml': deployment('2.0.0'),
      'shop/b.yaml': undefined,
    });
    await world.pass(30);

    const { status } = world.application('shop');
    expect(status.sync).toMatchObject({ status: 'Synced', revision: sha });
    expect(status.summary.images).toEqual(['registry.example/shop:2.0.0']);
    expect(status.resources).toHaveLength(1);
    expect(
      status.operationState.syncResult.resources.map((r: any) => r.message),
    ).toEqual(['deployment.apps/shop configured', 'pruned']);
    expect(status.history.map((entry: any) => entry.id)).toEqual([0, 1]);
  });

  it('leaves an Application without automated sync out of sync, running what it ran', async () => {
    await start({ 'shop/a.yaml': deployment('1.0.0') });
    world.addApplication('shop', spec({ syncPolicy: {} }));
    await world.pass(10);
    expect(world.seen.get('shop')).toEqual(['-/-/-', 'OutOfSync/Missing/-']);

    world.store.modify(
      applications,
      { name: 'shop', namespace: 'argocd' },
      draft => {
        draft.operation = { initiatedBy: { username: 'ada' }, sync: {} };
      },
    );
    await world.pass(30);
    await world.commit({ 'shop/a.yaml': deployment('2.0.0') });
    await world.pass(30);

    const { status } = world.application('shop');
    expect([status.sync.status, status.health.status]).toEqual([
      'OutOfSync',
      'Healthy',
    ]);
    expect(status.summary.images).toEqual(['registry.example/shop:1.0.0']);
    expect(status.history[0].initiatedBy).toEqual({ username: 'ada' });
  });

  describe('asked for by hand', () => {
    const ask = (sync: object) =>
      world.store.mergePatch(
        applications,
        { name: 'shop', namespace: 'argocd' },
        { operation: { initiatedBy: { username: 'ada' }, sync } },
      );
    const messages = () => {
      const { operationState } = world.application('shop').status;
      return operationState.syncResult.resources.map((r: any) => r.message);
    };
    let first: string;

    beforeEach(async () => {
      await start({
        'shop/a.yaml': deployment('1.0.0'),
        'shop/b.yaml': config('x'),
        'shop/c.yaml': config('x').replace('config', 'other'),
      });
      world.addApplication('shop', spec({ syncPolicy: {} }));
      ask({});
      await world.pass(30);
      first = world.application('shop').status.sync.revision;
      await world.commit({
        'shop/a.yaml': deployment('2.0.0'),
        'shop/b.yaml': config('y'),
        'shop/c.yaml': undefined,
      });
      await world.pass(30);
    });

    it.each([
      [
        'only some resources',
        { resources: [{ group: 'apps', kind: 'Deployment', name: 'shop' }] },
        ['deployment.apps/shop configured'],
        { history: 1, image: '2.0.0', sync: 'OutOfSync' },
      ],
      [
        'a dry run',
        { dryRun: true, prune: true },
        [
          'configmap/config configured (dry run)',
          'deployment.apps/shop configured (dry run)',
          'pruned (dry run)',
        ],
        { history: 1, image: '1.0.0', sync: 'OutOfSync' },
      ],
      [
        'without pruning',
        {},
        [
          'configmap/config configured',
          'deployment.apps/shop configured',
          'ignored (requires pruning)',
        ],
        { history: 2, image: '2.0.0', sync: 'OutOfSync' },
      ],
      [
        'with pruning',
        { prune: true },
        [
          'configmap/config configured',
          'deployment.apps/shop configured',
          'pruned',
        ],
        { history: 2, image: '2.0.0', sync: 'Synced' },
      ],
    ])('syncs %s', async (_what, sync, told, { history, image, ...after }) => {
      ask(sync);
      await world.pass(30);
      const { status, operation } = world.application('shop');
      expect(operation).toBeUndefined();
      expect(status.operationState).toMatchObject({
        phase: 'Succeeded',
        message: 'successfully synced (all tasks run)',
        operation: { sync },
      });
      expect(messages()).toEqual(told);
      expect(status.history).toHaveLength(history);
      expect(status.summary.images).toEqual([`registry.example/shop:${image}`]);
      expect(status.sync.status).toBe(after.sync);
    });

    it('goes back to a revision, which Git then wants no longer', async () => {
      ask({ prune: true });
      await world.pass(30);
      ask({ revision: first });
      await world.pass(30);
      const { status } = world.application('shop');
      expect(status.history.map(({ revision }: any) => revision)).toEqual([
        first,
        expect.any(String),
        first,
      ]);
      expect(status.operationState.syncResult.revision).toBe(first);
      expect(status.summary.images).toEqual(['registry.example/shop:1.0.0']);
      expect(status.sync.status).toBe('OutOfSync');
      expect(status.sync.revision).not.toBe(first);
    });

    it('says why it cannot, and takes the operation away', async () => {
      ask({ revision: 'nope' });
      await world.pass(30);
      const { status, operation } = world.application('shop');
      expect(operation).toBeUndefined();
      expect(status.operationState).toMatchObject({
        phase: 'Error',
        message: expect.stringMatching(
          /^ComparisonError: .*unable to resolve 'nope' to a commit SHA/,
        ),
      });
      expect(status.history).toHaveLength(1);
    });
  });

  it('turns Degraded when a rollout finds no room, and says by what', async () => {
    await start({ 'shop/a.yaml': deployment('1.0.0', '96Gi') });
    world.addApplication('shop', spec());
    await world.pass(900);
    expect(world.application('shop').status.health).toMatchObject({
      status: 'Degraded',
      message: 'Caused by apps/Deployment:shop/shop',
    });
  });

  it.each([
    [
      'an unknown cluster',
      spec({ destination: { name: 'spoke-z', namespace: 'shop' } }),
      'InvalidSpecError',
      'there are no clusters with this name: spoke-z',
      ['Unknown', 'Unknown'],
    ],
    [
      'an unknown project',
      spec({ project: 'nope' }),
      'InvalidSpecError',
      'Application referencing project nope which does not exist',
      ['Unknown', 'Unknown'],
    ],
    [
      'a path that is not there',
      spec({ source: { repoURL: REPOSITORY_URL, path: 'no/such/path' } }),
      'ComparisonError',
      'no/such/path: app path does not exist',
      ['Unknown', 'Healthy'],
    ],
    [
      'a branch that is not there',
      spec({
        source: {
          repoURL: REPOSITORY_URL,
          path: 'shop',
          targetRevision: 'nope',
        },
      }),
      'ComparisonError',
      "unable to resolve 'nope' to a commit SHA: revision not found",
      ['Unknown', 'Healthy'],
    ],
    [
      'a repository that is not there',
      spec({ source: { repoURL: 'http://git.example/nope', path: 'shop' } }),
      'ComparisonError',
      'failed to list refs: repository not found',
      ['Unknown', 'Healthy'],
    ],
    [
      'a file that does not parse',
      spec({ source: { repoURL: REPOSITORY_URL, path: 'broken' } }),
      'ComparisonError',
      'Failed to unmarshal "a.yaml"',
      ['Unknown', 'Healthy'],
    ],
  ])(
    'tells of %s as Argo CD does',
    async (_what, invalid, type, message, states) => {
      await start({
        'shop/a.yaml': deployment('1.0.0'),
        'broken/a.yaml': 'a: [1,\nb: }',
      });
      world.addApplication('shop', invalid);
      await world.pass(10);
      world.store.mergePatch(
        applications,
        { name: 'shop', namespace: 'argocd' },
        {
          metadata: { annotations: { 'argocd.argoproj.io/refresh': 'hard' } },
          operation: { sync: {} },
        },
      );
      await world.pass(10);
      const { metadata, operation, status } = world.application('shop');
      expect(metadata.annotations ?? {}).toEqual({});
      expect(operation).toBeUndefined();
      expect(status.operationState).toMatchObject({
        phase: 'Error',
        message: expect.stringContaining(`${type}: `),
      });
      expect(status.conditions).toMatchObject([
        { type, message: expect.stringContaining(message) },
      ]);
      expect([status.sync.status, status.health.status]).toEqual(states);
    },
  );

  it('takes back what it brought before a finalizer lets it go', async () => {
    await start({ 'shop/a.yaml': deployment('1.0.0') });
    world.addApplication('shop', spec(), {
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    });
    await world.pass(30);
    const spoke = world.clusters.open('https://spoke-a.example');
    expect(spoke.trackedBy('shop')).toHaveLength(1);

    world.store.remove(applications, { name: 'shop', namespace: 'argocd' });
    await world.pass(5);
    expect(world.seen.get('shop')!.slice(-2)).toEqual([
      'OutOfSync/Missing/Succeeded',
      'deleted',
    ]);
    expect(spoke.trackedBy('shop')).toEqual([]);
  });

  it('heals drift on a spoke', async () => {
    await start({ 'shop/b.yaml': config('right') });
    world.addApplication('shop', spec());
    await world.pass(10);
    const spoke = world.clusters.open('https://spoke-a.example');
    const [live] = spoke.trackedBy('shop');
    spoke.apply({ ...live, data: { value: 'wrong' } }, 'shop');
    world.store.modify(
      applications,
      { name: 'shop', namespace: 'argocd' },
      draft => {
        draft.metadata.annotations = {
          'argocd.argoproj.io/refresh': 'normal',
        };
      },
    );
    await world.pass(10);
    expect(spoke.trackedBy('shop')[0].data).toEqual({ value: 'right' });
    expect(world.application('shop').metadata.annotations ?? {}).toEqual({});
  });
});
