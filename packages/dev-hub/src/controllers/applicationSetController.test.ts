import { applicationSets, secrets } from '../objects';
import { REPOSITORY_URL, World } from './testing/world';

const CONFIG = `apiVersion: v1
kind: ConfigMap
metadata: { name: config }
`;

const key = { name: 'services-shop', namespace: 'argocd' };

function applicationSet(template: Record<string, unknown> = {}) {
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
  afterEach(() => {
    expect(world.errors).toEqual([]);
    world.close();
  });
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
});
