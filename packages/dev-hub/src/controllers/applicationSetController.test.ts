import { applications, applicationSets, secrets } from '../objects';
import { REPOSITORY_URL, World } from './testing/world';

const CONFIG = `apiVersion: v1
kind: ConfigMap
metadata: { name: config }
`;

const key = { name: 'services-shop', namespace: 'argocd' };

function applicationSet(
  template: Record<string, unknown> = {},
  spec: Record<string, unknown> = {},
) {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: key,
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [
        { clusters: { selector: { matchLabels: { enable_shop: 'true' } } } },
      ],
      template: {
        metadata: { name: 'shop-{{.name}}', ...template },
        spec: {
          project: 'default',
          source: {
            repoURL: REPOSITORY_URL,
            path: 'shop',
            targetRevision: 'main',
          },
          destination: { name: '{{.name}}', namespace: 'shop' },
          syncPolicy: { automated: {} },
        },
      },
      ...spec,
    },
  };
}

describe('ApplicationSetController', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.create({ 'shop/a.yaml': CONFIG });
    world.addCluster('spoke-a', { enable_shop: 'true' });
    world.addCluster('spoke-b');
  });
  afterEach(() => world.close());
  const label = (cluster: string, value: string | null) =>
    world.store.mergePatch(
      secrets,
      { name: `cluster-${cluster}`, namespace: 'argocd' },
      { metadata: { labels: { enable_shop: value } } },
    );
  const set = () => world.store.get(applicationSets, key) as any;

  it('follows the labels of clusters', async () => {
    world.store.create(applicationSets, applicationSet());
    await world.pass(20);
    expect([...world.seen.keys()]).toEqual(['shop-spoke-a']);
    expect(world.application('shop-spoke-a')).toMatchObject({
      metadata: {
        finalizers: ['resources-finalizer.argocd.argoproj.io'],
        ownerReferences: [{ kind: 'ApplicationSet', name: 'services-shop' }],
      },
      status: { sync: { status: 'Synced' }, health: { status: 'Healthy' } },
    });

    label('spoke-b', 'true');
    await world.pass(20);
    expect(world.seen.get('shop-spoke-b')).toEqual([
      '-/-/-',
      'OutOfSync/Missing/-',
      'OutOfSync/Missing/Running',
      'OutOfSync/Missing/Succeeded',
      'Synced/Healthy/Succeeded',
    ]);
    expect(set().status.resources.map((r: any) => [r.name, r.status])).toEqual([
      ['shop-spoke-a', 'Synced'],
      ['shop-spoke-b', 'Synced'],
    ]);

    label('spoke-a', null);
    await world.pass(20);
    expect(world.application('shop-spoke-a')).toBeUndefined();
    expect(set().status.resourcesCount).toBe(1);
  });

  it('changes nothing and says why when a template fails', async () => {
    world.store.create(applicationSets, applicationSet());
    await world.pass(20);
    world.store.modify(applicationSets, key, draft => {
      draft.spec = applicationSet({
        labels: { tier: '{{.metadata.labels.tier}}' },
      }).spec;
    });
    await world.pass(20);
    expect(world.application('shop-spoke-a')).toBeDefined();
    expect(set().status.health.status).toBe('Degraded');
    expect(set().status.conditions).toContainEqual(
      expect.objectContaining({
        type: 'ErrorOccurred',
        status: 'True',
        message: expect.stringContaining('tier'),
      }),
    );
  });

  it('takes its Applications with it when it goes', async () => {
    world.store.create(applicationSets, applicationSet());
    await world.pass(20);
    world.store.remove(applicationSets, key);
    await world.pass(20);
    expect(world.application('shop-spoke-a')).toBeUndefined();
  });

  it('comes to rest: no write without a reason', async () => {
    world.store.create(applicationSets, applicationSet());
    await world.pass(60);
    const before = world.store.resourceVersion;
    await world.pass(3600);
    expect(world.store.resourceVersion).toBe(before);
  });

  const errorOf = () =>
    set().status.conditions.find((c: any) => c.type === 'ErrorOccurred');

  /** One Application per cluster with a tier, in a step per tier. */
  const inSteps = (strategy: Record<string, unknown> = {}) => {
    world.addCluster('canary', { tier: 'first' });
    world.addCluster('main', { tier: 'second' });
    const step = (tier: string) => ({
      matchExpressions: [{ key: 'tier', operator: 'In', values: [tier] }],
    });
    const selector = {
      matchExpressions: [{ key: 'tier', operator: 'Exists' }],
    };
    return applicationSet(
      { labels: { tier: '{{.metadata.labels.tier}}' } },
      {
        generators: [{ clusters: { selector } }],
        strategy: {
          type: 'RollingSync',
          rollingSync: { steps: [step('first'), step('second')] },
          ...strategy,
        },
      },
    );
  };

  it('rolls a change out step by step', async () => {
    world.store.create(applicationSets, inSteps());
    await world.pass(60);
    const statuses = () =>
      set().status.applicationStatus.map((s: any) => [
        s.application,
        s.step,
        s.status,
      ]);
    const done = [
      ['shop-canary', '1', 'Healthy'],
      ['shop-main', '2', 'Healthy'],
    ];
    expect(statuses()).toEqual(done);
    expect(
      world.application('shop-main').spec.syncPolicy.automated,
    ).toMatchObject({ enabled: false });

    const order: string[] = [];
    const stop = world.store.watch(
      applicationSets,
      { resourceVersion: world.store.resourceVersion },
      ({ object }) => {
        const now = (object as any).status.applicationStatus
          .map((s: any) => s.status)
          .join(' ');
        if (order[order.length - 1] !== now) order.push(now);
      },
    );
    const sha = await world.commit({
      'shop/a.yaml': `${CONFIG}data: { colour: red }\n`,
    });
    await world.pass(60);
    stop();
    expect(statuses()).toEqual(done);
    for (const name of ['shop-canary', 'shop-main']) {
      expect(world.application(name).status.history.at(-1).revision).toBe(sha);
    }
    // The second begins only after the first is through.
    const begun = order.findIndex(now => / (Pending|Progressing)$/.test(now));
    const through = order.findIndex(
      (now, index) => index > 0 && /^Healthy (?!Healthy)/.test(now),
    );
    expect(order).toContain('Pending Waiting');
    expect(through).toBeGreaterThan(order.indexOf('Pending Waiting'));
    expect(begun).toBeGreaterThanOrEqual(through);

    const rest = world.store.resourceVersion;
    await world.pass(3600);
    expect(world.store.resourceVersion).toBe(rest);
  });

  it('takes the last step first when it goes in reverse', async () => {
    world.store.create(applicationSets, inSteps({ deletionOrder: 'Reverse' }));
    await world.pass(60);
    const gone: string[] = [];
    const stop = world.store.watch(applications, {}, ({ type, object }) => {
      if (type === 'DELETED') gone.push(object.metadata.name);
    });
    world.store.remove(applicationSets, key);
    expect(set().metadata.deletionTimestamp).toBeDefined();
    await world.pass(20);
    stop();
    expect(gone).toEqual(['shop-main', 'shop-canary']);
    expect(world.store.find(applicationSets, key)).toBeUndefined();
  });

  it('touches nothing that has a name twice', async () => {
    world.store.create(applicationSets, applicationSet());
    await world.pass(20);
    const before = world.application('shop-spoke-a');
    world.store.modify(applicationSets, key, draft => {
      const { generators } = draft.spec as any;
      draft.spec = applicationSet(
        { labels: { changed: 'yes' } },
        { generators: [...generators, ...generators] },
      ).spec;
    });
    await world.pass(20);
    expect(world.application('shop-spoke-a')).toBe(before);
    expect(errorOf()).toMatchObject({
      status: 'True',
      reason: 'ApplicationValidationError',
      message: expect.stringContaining('duplicate name: shop-spoke-a'),
    });
  });

  const git = (repoURL: string, revision: string) => ({
    generators: [{ git: { repoURL, revision, directories: [{ path: '*' }] } }],
  });

  it.each([
    ['a revision', git(REPOSITORY_URL, 'gone'), "'gone'"],
    [
      'a repository',
      git('http://git.example/acme/other', 'main'),
      'http://git.example/acme/other',
    ],
  ])(
    'leaves its Applications where there is no such thing as %s',
    async (_what, spec, message) => {
      world.store.create(applicationSets, applicationSet());
      await world.pass(20);
      const before = world.application('shop-spoke-a');
      world.store.modify(applicationSets, key, draft => {
        draft.spec = applicationSet({}, spec).spec;
      });
      await world.pass(20);
      expect(world.application('shop-spoke-a')).toBe(before);
      expect(errorOf()).toMatchObject({
        status: 'True',
        message: expect.stringContaining(message),
      });
      expect(set().status.resources).toHaveLength(1);
    },
  );

  it('reads the repository that a nested generator makes up', async () => {
    const list = { list: { elements: [{ repository: 'fleet' }] } };
    const nested = git('http://git.example/acme/{{.repository}}', 'main');
    world.store.create(
      applicationSets,
      applicationSet(
        {},
        {
          generators: [
            { matrix: { generators: [list, ...nested.generators] } },
          ],
          template: {
            metadata: { name: 'made-{{.path.basename}}' },
            spec: {
              project: 'default',
              source: { repoURL: REPOSITORY_URL, path: '{{.path.path}}' },
              destination: { name: 'spoke-a', namespace: 'shop' },
            },
          },
        },
      ),
    );
    await world.pass(20);
    expect(errorOf().status).toBe('False');
    expect(world.application('made-shop')).toBeDefined();
  });

  it('says which Application the API refuses, and makes the others', async () => {
    world.addCluster('spoke-c', { enable_shop: 'true' });
    const name = '{{if eq .name "spoke-c"}}Shop_C{{else}}shop-{{.name}}{{end}}';
    world.store.create(applicationSets, applicationSet({ name }));
    await world.pass(20);
    expect(world.application('shop-spoke-a')).toBeDefined();
    expect(errorOf()).toMatchObject({
      status: 'True',
      reason: 'UpdateApplicationError',
      message: expect.stringContaining('Shop_C'),
    });
    expect(set().status.conditions).toContainEqual(
      expect.objectContaining({ type: 'ParametersGenerated', status: 'True' }),
    );
  });

  it('frees its Applications when it goes and may not delete', async () => {
    world.store.create(applicationSets, {
      ...applicationSet(
        {},
        { syncPolicy: { applicationsSync: 'create-only' } },
      ),
      metadata: {
        ...key,
        finalizers: ['resources-finalizer.argocd.argoproj.io'],
      },
    });
    await world.pass(20);
    world.store.remove(applicationSets, key);
    await world.pass(20);
    expect(world.store.find(applicationSets, key)).toBeUndefined();
    const { items } = world.store.list(applications);
    expect(items.map(({ metadata }) => metadata.name)).toEqual([
      'shop-spoke-a',
    ]);
    expect(items[0].metadata.ownerReferences).toBeUndefined();
  });
});
