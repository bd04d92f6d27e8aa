import fc from 'fast-check';
import type {
  KubernetesObject,
  Matrix,
} from '@backstage-fleet/plugin-fleet-common';
import { FleetStore } from './fleetStore';
import { buildMatrix } from './matrix';
import { RevisionCounter } from './revision';
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
});

describe('revisions', () => {
  it('are not taken for those of another replica or another life', () => {
    const one = new RevisionCounter({ now: 5_000, random: 0.1 });
    const other = new RevisionCounter({ now: 4_000, random: 0.2 });
    const later = new RevisionCounter({ now: 6_000, random: 0.1 });
    const revision = one.advance();
    expect(one.knows(revision)).toBe(true);
    expect(other.knows(revision)).toBe(false);
    expect(later.knows(revision)).toBe(false);
    expect(one.knows(0)).toBe(false);
    expect(one.knows(later.current)).toBe(false);
    expect(Number.isSafeInteger(new RevisionCounter().current)).toBe(true);
  });
});

/** A client as the page has it: axes, and a cell for each pair. */
class Client {
  matrix: Matrix | undefined;
  cells = new Map<string, string>();

  fetch(store: FleetStore) {
    const answer = buildMatrix(store, this.matrix?.revision);
    if (answer.full) {
      this.matrix = answer;
      this.cells.clear();
    } else this.matrix!.revision = answer.revision;
    const { cells, versions, removed } = answer;
    for (let index = 0; index < removed.length; index += 2) {
      this.cells.delete(`${removed[index]}:${removed[index + 1]}`);
    }
    cells.row.forEach((row, index) =>
      this.cells.set(
        `${row}:${cells.column[index]}`,
        [
          cells.state[index],
          cells.health[index],
          cells.sync[index],
          versions[cells.running[index]],
          versions[cells.desired[index]],
          cells.since[index],
        ].join(),
      ),
    );
    return answer.full;
  }
}

type Step =
  | {
      do: 'upsert' | 'remove';
      app: number;
      on: number;
      health: string;
      tag: string;
    }
  | { do: 'relist'; apps: number[] }
  | { do: 'cluster'; on: number; region: string }
  | { do: 'desired'; app: number; on: number; tag: string }
  | { do: 'fetch' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('upsert' as const, 'remove' as const),
    app: fc.nat(4),
    on: fc.nat(3),
    health: fc.constantFrom('Healthy', 'Degraded', 'Missing'),
    tag: fc.constantFrom('1.0', '1.1', '2.0'),
  }),
  fc.record({
    do: fc.constant('relist' as const),
    apps: fc.array(fc.nat(4), { maxLength: 3 }),
  }),
  fc.record({
    do: fc.constant('cluster' as const),
    on: fc.nat(3),
    region: fc.constantFrom('eu', 'us'),
  }),
  fc.record({
    do: fc.constant('desired' as const),
    app: fc.nat(4),
    on: fc.nat(3),
    tag: fc.constantFrom('1.0', '3.0'),
  }),
  fc.constant({ do: 'fetch' as const }),
);

describe('matrix', () => {
  const name = (app: number, on: number) => `service-${app}-spoke-${on}`;
  const object = (app: number, on: number, health = 'Healthy', tag = '1.0') =>
    application({
      name: name(app, on),
      destination: { name: `spoke-${on}` },
      health,
      images: [`r/service-${app}:${tag}`],
    });

  function apply(store: FleetStore, what: Step) {
    const sink = store.sink('eu');
    switch (what.do) {
      case 'upsert':
        sink.upsert(
          'Application',
          object(what.app, what.on, what.health, what.tag),
        );
        break;
      case 'remove':
        sink.remove('Application', {
          metadata: { name: name(what.app, what.on), namespace: 'argocd' },
        });
        break;
      case 'relist':
        sink.replace(
          'Application',
          what.apps.map(app => object(app, app % 4)),
        );
        break;
      case 'cluster':
        sink.upsert(
          'Cluster',
          cluster(`spoke-${what.on}`, { region: what.region }),
        );
        break;
      case 'desired':
        store.setVersions(
          new Map([
            [
              `eu/argocd/${name(what.app, what.on)}`,
              { desired: { text: what.tag } },
            ],
          ]),
        );
        break;
      default:
    }
  }

  it.each([3, 1_000])(
    'is the same by deltas as all at once, with a ring of %i',
    ringSize => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 40 }), steps => {
          const store = testStore({ ringSize });
          const client = new Client();
          client.fetch(store);
          for (const what of steps) {
            if (what.do === 'fetch') client.fetch(store);
            else apply(store, what);
          }
          client.fetch(store);
          const fresh = new Client();
          fresh.fetch(store);
          expect([...client.cells].sort()).toEqual([...fresh.cells].sort());
          expect(client.matrix!.services.map(s => s.name)).toEqual(
            fresh.matrix!.services.map(s => s.name),
          );
          expect(client.matrix!.clusters.map(c => c.id)).toEqual(
            fresh.matrix!.clusters.map(c => c.id),
          );
        }),
        { numRuns: 150 },
      );
    },
  );

  it('sends a delta for a changed cell, and all where rows or columns change', () => {
    const store = testStore();
    store
      .sink('eu')
      .replace('Cluster', [cluster('spoke-0'), cluster('spoke-1')]);
    store.sink('eu').replace('Application', [object(0, 0), object(0, 1)]);
    const client = new Client();
    expect(client.fetch(store)).toBe(true);
    const { revision } = client.matrix!;

    apply(store, {
      do: 'upsert',
      app: 0,
      on: 1,
      health: 'Degraded',
      tag: '2.0',
    });
    const delta = buildMatrix(store, revision);
    expect(delta).toMatchObject({
      full: false,
      services: [],
      clusters: [],
      versions: ['2.0'],
      cells: { row: [0], column: [1], state: [0], health: [2], running: [0] },
    });
    expect(buildMatrix(store, store.revision).cells.row).toEqual([]);

    apply(store, { do: 'remove', app: 0, on: 1, health: '', tag: '' });
    expect(buildMatrix(store, delta.revision)).toMatchObject({
      full: false,
      removed: [0, 1],
    });
    apply(store, { do: 'upsert', app: 1, on: 1, health: 'Healthy', tag: '1' });
    expect(buildMatrix(store, delta.revision).full).toBe(true);
    expect(buildMatrix(store, 7).full).toBe(true);
  });

  it('shows the worst of several Applications of one pair', () => {
    const store = testStore();
    const two: KubernetesObject[] = ['Healthy', 'Degraded'].map(
      (health, index) =>
        application({
          name: `part-${index}`,
          labels: { 'fleet/service': 'a' },
          health,
        }),
    );
    store.sink('eu').replace('Application', two);
    expect(buildMatrix(store).cells).toMatchObject({ row: [0], state: [0] });
  });
});
