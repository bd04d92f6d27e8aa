import { TimeSlices } from '../hubs/timeSlices';
import { application, cluster, testStore } from './__testUtils__/objects';
import { toCluster, toService } from './views';

describe('FleetStore', () => {
  it('finds the cluster of an Application by name, by server, and in the hub itself', () => {
    const store = testStore();
    const eu = store.sink('eu');
    eu.replace('Cluster', [
      cluster(
        'spoke',
        { env: 'prod', region: 'eu-west-1' },
        'https://spoke:6443',
      ),
    ]);
    eu.replace('Application', [
      application({ name: 'a', labels: { 'fleet/service': 'a' } }),
      application({
        name: 'b',
        labels: { 'fleet/service': 'b' },
        destination: { server: 'https://spoke:6443/' },
      }),
      application({
        name: 'c',
        labels: { 'fleet/service': 'c' },
        destination: { server: 'https://kubernetes.default.svc' },
      }),
      application({
        name: 'd',
        labels: { 'fleet/service': 'd' },
        destination: { name: 'in-cluster' },
      }),
      application({
        name: 'e',
        labels: { 'fleet/service': 'e' },
        destination: { name: 'gone' },
      }),
      application({ name: 'root', destination: { name: 'nowhere' } }),
    ]);
    const where = Object.fromEntries(
      [...store.applications()].map(({ name, clusterId }) => [name, clusterId]),
    );
    expect(where).toEqual({
      a: 'eu/spoke',
      b: 'eu/spoke',
      c: 'eu/in-cluster',
      d: 'eu/in-cluster',
      e: 'eu/gone',
      root: 'eu/nowhere',
    });
    // What no service is on is no column: a root Application is no deployment.
    expect(store.axes().clusters.map(({ id, kind }) => [id, kind])).toEqual([
      ['eu/spoke', 'spoke'],
      ['eu/gone', 'spoke'],
      ['eu/in-cluster', 'in-cluster'],
    ]);
    expect(toCluster(store, store.cluster('eu/spoke')!)).toMatchObject({
      environment: 'prod',
      region: 'eu-west-1',
      services: 2,
    });
  });

  it('takes the Secret of the hub itself for in-cluster', () => {
    const store = testStore();
    const eu = store.sink('eu');
    eu.replace('Application', [
      application({
        name: 'a',
        labels: { 'fleet/service': 'a' },
        destination: { name: 'in-cluster' },
      }),
    ]);
    expect(store.axes().clusters.map(({ id }) => id)).toEqual([
      'eu/in-cluster',
    ]);
    eu.upsert(
      'Cluster',
      cluster('management', {}, 'https://kubernetes.default.svc'),
    );
    expect(store.axes().clusters.map(({ id }) => id)).toEqual([
      'eu/management',
    ]);
    expect(store.deployed('a', 'eu/management')).toHaveLength(1);
  });

  it('keeps clusters of one name on two hubs apart', () => {
    const store = testStore();
    for (const hub of ['eu', 'us']) {
      store.sink(hub).replace('Cluster', [cluster('spoke')]);
      store
        .sink(hub)
        .replace('Application', [
          application({ name: 'a', labels: { 'fleet/service': 'a' } }),
        ]);
    }
    expect(store.axes().clusters.map(({ id }) => id)).toEqual([
      'eu/spoke',
      'us/spoke',
    ]);
    store.sink('us').replace('Application', []);
    expect(store.deployed('a', 'eu/spoke')).toHaveLength(1);
    expect(store.deployed('a', 'us/spoke')).toHaveLength(0);
  });

  it('makes a revision of news only', () => {
    const store = testStore();
    const eu = store.sink('eu');
    const events: number[] = [];
    store.onRevision(({ revision }) => events.push(revision));
    const at = (reconciledAt: string, health = 'Healthy') =>
      application({ name: 'a', applicationSet: 'a', health, reconciledAt });

    eu.replace('Application', [at('2026-01-01T00:00:00Z')]);
    const { revision } = store;
    eu.upsert('Application', at('2026-01-01T00:03:00Z'));
    eu.replace('Application', [at('2026-01-01T00:06:00Z')]);
    eu.state('Application', { status: 'connecting', since: '2026-01-01' });
    expect(store.revision).toBeGreaterThan(revision);

    const before = store.revision;
    eu.upsert('Application', at('2026-01-01T00:09:00Z'));
    eu.remove('Application', { metadata: { name: 'x', namespace: 'argocd' } });
    eu.state('Application', {
      status: 'connecting',
      since: '2026-01-01',
      observedAt: '2026-01-02',
    });
    expect(store.revision).toBe(before);
    expect(store.application('eu/argocd/a')?.state.reconciledAt).toBe(
      '2026-01-01T00:09:00Z',
    );

    eu.upsert('Application', at('2026-01-01T00:12:00Z', 'Degraded'));
    expect(store.revision).toBeGreaterThan(before);
    expect(events).toEqual([...events].sort((a, b) => a - b));
    expect(new Set(events).size).toBe(events.length);
  });

  it('says that a hub is live only when Applications and clusters are', () => {
    const store = testStore();
    const eu = store.sink('eu');
    const set = (kind: any, status: any, message?: string) =>
      eu.state(kind, { status, since: '2026-01-01T00:00:00Z', message });
    set('Application', 'live');
    expect(store.hubStatus('eu')).toBe('connecting');
    set('Cluster', 'live');
    set('AppProject', 'unauthorized', 'Grant it.');
    expect(store.freshness('eu')[0]).toMatchObject({
      status: 'live',
      message: undefined,
    });
    expect(
      store
        .connections('eu')
        .kinds(() => 0)
        .find(({ kind }) => kind === 'AppProject'),
    ).toMatchObject({ status: 'unauthorized', message: 'Grant it.' });
    set('Cluster', 'unreachable', 'Gone.');
    expect(store.freshness('eu')[0]).toMatchObject({
      status: 'unreachable',
      message: 'Gone.',
    });
    expect(store.hubStatus('us')).toBe('connecting');
  });

  it('names services that only the catalog knows, and joins those that run', () => {
    const store = testStore();
    store.setDeclaredServices([
      {
        name: 'payments',
        title: 'Payments',
        entityRef: 'component:default/payments',
        owner: 'group:default/team',
        claims: [],
      },
    ]);
    expect(toService(store, 'payments')).toEqual({
      name: 'payments',
      title: 'Payments',
      entityRef: 'component:default/payments',
      owner: 'group:default/team',
      deployments: 0,
    });
    const { revision } = store;
    store.setDeclaredServices([
      {
        name: 'payments',
        title: 'Payments',
        entityRef: 'component:default/payments',
        owner: 'group:default/team',
        claims: [],
      },
    ]);
    expect(store.revision).toBe(revision);

    store
      .sink('eu')
      .replace('Application', [
        application({ name: 'x', applicationSet: 'pay' }),
      ]);
    expect(store.axes().services).toEqual(['pay', 'payments']);
    store.setDeclaredServices([
      {
        name: 'payments',
        title: 'Payments',
        entityRef: 'component:default/payments',
        claims: [
          { annotation: 'fleet/application-set', applicationSet: 'pay' },
        ],
      },
    ]);
    expect(store.axes().services).toEqual(['payments']);
    expect(store.application('eu/argocd/x')?.namedBy).toBe(
      'annotation fleet/application-set of component:default/payments',
    );
  });

  it('matches many Applications with a new catalog in turns, the last catalog for all of them', async () => {
    // Whatever is done takes the whole share of a turn.
    let time = 0;
    let turns = 0;
    const slices = new TimeSlices({
      milliseconds: 1,
      now: () => time++,
      nextTurn: callback =>
        setImmediate(() => {
          turns++;
          callback();
        }),
    });
    const store = testStore({ slices });
    store.sink('eu').replace(
      'Application',
      Array.from({ length: 5_000 }, (_, index) =>
        application({ name: `a-${index}`, project: 'shop' }),
      ),
    );
    const declare = (name: string) =>
      store.setDeclaredServices([
        {
          name,
          title: name,
          entityRef: `component:default/${name}`,
          claims: [{ annotation: 'argocd/project-name', project: 'shop' }],
        },
      ]);
    const first = declare('old');
    const matched = store.applicationsOfService('old').length;
    expect(matched).toBeGreaterThan(0);
    expect(matched).toBeLessThan(1_000);
    await Promise.all([first, declare('new')]);
    expect(store.applicationsOfService('old')).toEqual([]);
    expect(store.applicationsOfService('new')).toHaveLength(5_000);
    expect(turns).toBeGreaterThan(5_000 / 500);
  });
});
