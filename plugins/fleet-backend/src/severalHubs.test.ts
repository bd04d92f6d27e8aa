import { applications, namespaces, secrets } from '@backstage-fleet/dev-hub';
import { gunzipSync } from 'node:zlib';
import Knex, { type Knex as KnexClient } from 'knex';
import { TestPostgres } from './__testUtils__/postgres';
import { FleetBackend } from './service/__testUtils__/fleetBackend';
import { CREDENTIALS, until } from './service/__testUtils__/fleetHarness';
import { TestHub } from './service/__testUtils__/testHub';

jest.setTimeout(180_000);

const HUBS = ['eu', 'us', 'ap'];
const SERVICES = ['cart', 'search'];

/** Everything that somebody can ask for. */
const ROUTES = [
  '/hubs',
  '/clusters',
  '/services',
  '/services/cart/deployments',
  '/deployments',
  '/matrix?rollups=true',
  '/application-sets',
  '/diagnostics/service-identity?application=eu%2Fargocd%2Fcart-eu-spoke',
];

/** A hub with one spoke and two services on it. */
async function startHub(id: string): Promise<TestHub> {
  const hub = new TestHub();
  const { store } = hub;
  const spoke = `${id}-spoke`;
  store.create(namespaces, { metadata: { name: 'argocd' } } as any);
  store.create(secrets, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: spoke,
      namespace: 'argocd',
      labels: {
        'argocd.argoproj.io/secret-type': 'cluster',
        environment: 'prod',
        region: id,
      },
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
          stringData: { config: CREDENTIALS },
        }),
      },
    },
    stringData: {
      name: spoke,
      server: `https://${spoke}`,
      config: JSON.stringify({ bearerToken: CREDENTIALS }),
    },
  } as any);
  for (const service of SERVICES) {
    store.create(applications, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name: `${service}-${spoke}`,
        namespace: 'argocd',
        labels: { 'fleet/service': service },
      },
      spec: {
        project: 'default',
        destination: { name: spoke, namespace: service },
        source: { repoURL: 'https://git.example/x', path: service },
      },
      status: {
        health: {
          status: 'Healthy',
          lastTransitionTime: '2026-01-01T00:00:00Z',
        },
        sync: { status: 'Synced', revision: 'a'.repeat(40) },
        summary: { images: [`registry.example/${service}:1.0.0`] },
      },
    });
  }
  await hub.listen();
  return hub;
}

function report(hub: TestHub, name: string, health: string) {
  hub.store.mergePatch(
    applications,
    { namespace: 'argocd', name },
    { status: { health: { status: health } } },
  );
}

/** A new database; each call of what it gives connects anew, as another process would. */
type Database = () => Promise<() => KnexClient>;

describe('several hubs', () => {
  const hubs: Record<string, TestHub> = {};
  const backends: FleetBackend[] = [];
  let stopDatabase: () => Promise<void> = async () => {};

  beforeEach(async () => {
    for (const id of HUBS) hubs[id] = await startHub(id);
  });

  afterEach(async () => {
    for (const backend of backends.splice(0)) await backend.stop();
    for (const id of HUBS) await hubs[id].kill();
    await stopDatabase();
    stopDatabase = async () => {};
  });

  async function start(database?: KnexClient): Promise<FleetBackend> {
    const backend = await FleetBackend.start({
      database,
      fleet: {
        hubs: HUBS.map(id => ({ id, ...hubs[id].connection })),
        repositories: [],
      },
    });
    backends.push(backend);
    return backend;
  }
  const allLive = (backend: FleetBackend) =>
    until(async () =>
      Object.values(await backend.statuses()).every(is => is === 'live'),
    );
  /** Health of each deployment by hub and service, and whether it is how it is now. */
  const seen = async (backend: FleetBackend) => {
    const { body } = await backend.get('/deployments');
    return Object.fromEntries(
      body.items.map(({ deployment }: any) => [
        deployment.name,
        `${deployment.health} ${deployment.freshness.status}`,
      ]),
    );
  };

  /** Whether a hub's Applications are heard of. */
  const heardOf = async (backend: FleetBackend, id: string) => {
    const { body } = await backend.get('/hubs');
    return body.items
      .find((hub: any) => hub.id === id)
      .kinds.find((kind: any) => kind.kind === 'Application').status;
  };

  it.each<[string, Parameters<TestHub['faults']['set']>[0][number]]>([
    ['down', { kind: 'down' }],
    ['401', { kind: 'status', code: 401 }],
    ['garbage', { kind: 'garbage' }],
  ])('%s of one: the others stay live and follow', async (_name, fault) => {
    const fleet = await start();
    await allLive(fleet);
    hubs.us.faults.set([fault]);
    // A watch that is still open would hear what comes.
    await until(async () => (await heardOf(fleet, 'us')) !== 'live');
    report(hubs.eu, 'cart-eu-spoke', 'Degraded');
    report(hubs.us, 'cart-us-spoke', 'Missing');
    await until(
      async () => (await seen(fleet))['cart-eu-spoke'] === 'Degraded live',
    );
    const { us, ...others } = await fleet.statuses();
    expect(us).not.toBe('live');
    expect(others).toEqual({ eu: 'live', ap: 'live' });
    // What was known is shown for what it is.
    expect(await seen(fleet)).toMatchObject({
      'cart-us-spoke': `Healthy ${us}`,
      'search-us-spoke': `Healthy ${us}`,
      'cart-ap-spoke': 'Healthy live',
    });

    hubs.us.faults.set([]);
    await allLive(fleet);
    expect((await seen(fleet))['cart-us-spoke']).toBe('Missing live');
  });

  /** Databases in which two processes can be at once, each with connections of its own. */
  const databases = {
    SQLite: async () => {
      const client = Knex({
        client: 'better-sqlite3',
        connection: { filename: ':memory:' },
        useNullAsDefault: true,
      });
      stopDatabase = () => client.destroy();
      return () => client;
    },
    PostgreSQL: async () => {
      const server = await TestPostgres.start();
      const connect = await server.createDatabase();
      const clients: KnexClient[] = [];
      stopDatabase = async () => {
        for (const client of clients) await client.destroy();
        await server.stop();
      };
      return () => {
        clients.push(connect());
        return clients[clients.length - 1];
      };
    },
  } satisfies Record<string, Database>;

  const postgres = TestPostgres.isInstalled ? describe : describe.skip;

  describe('with SQLite', () => {
    onDatabase(databases.SQLite);
  });
  postgres('with PostgreSQL', () => {
    onDatabase(databases.PostgreSQL);
    replicas(databases.PostgreSQL);
  });

  function onDatabase(database: Database) {
    it('shows after a restart what was known, as stale', async () => {
      const connect = await database();
      const first = await start(connect());
      await allLive(first);
      await backends.pop()!.stop();
      await hubs.us.kill();

      const second = await start(connect());
      await until(async () => (await second.statuses()).eu === 'live');
      expect(await seen(second)).toMatchObject({
        'cart-eu-spoke': 'Healthy live',
        'cart-us-spoke': expect.stringMatching(/^Healthy (stale|unreachable)$/),
      });
      report(hubs.us, 'cart-us-spoke', 'Degraded');
      await hubs.us.listen();
      await allLive(second);
      expect((await seen(second))['cart-us-spoke']).toBe('Degraded live');
    });

    it('keeps every byte of credentials out of database, logs and answers', async () => {
      const connect = await database();
      const fleet = await start(connect());
      await allLive(fleet);
      hubs.eu.faults.set([{ kind: 'garbage', resources: ['secrets'] }]);
      await until(async () => (await fleet.statuses()).eu !== 'live');
      hubs.eu.faults.set([]);
      await allLive(fleet);
      const answers = await Promise.all(ROUTES.map(route => fleet.get(route)));
      expect(answers.map(({ status }) => status)).toEqual(
        ROUTES.map(() => 200),
      );
      await backends.pop()!.stop();
      const client = connect();
      const rows = await client('hub_snapshots');
      expect(new Set(rows.map(({ hub }) => hub))).toEqual(new Set(HUBS));
      const stored = rows.map(({ objects }) =>
        gunzipSync(Buffer.from(objects, 'base64')).toString('utf8'),
      );
      expect(stored.join()).toContain('eu-spoke');
      const said = JSON.stringify([
        stored,
        answers.map(({ text, headers }) => [text, headers]),
        fleet.logs,
        fleet.revisions,
      ]);
      for (const trace of [CREDENTIALS, 'bearerToken'].flatMap(text => [
        text,
        Buffer.from(text).toString('base64').slice(0, 12),
        Buffer.from(JSON.stringify({ bearerToken: text }))
          .toString('base64')
          .slice(-14, -4),
      ])) {
        expect(said).not.toContain(trace);
      }
    });
  }

  function replicas(database: Database) {
    it('two replicas give the same answers', async () => {
      const connect = await database();
      const both = [await start(connect()), await start(connect())];
      for (const replica of both) await allLive(replica);
      report(hubs.ap, 'search-ap-spoke', 'Degraded');
      hubs.eu.store.mergePatch(
        applications,
        { namespace: 'argocd', name: 'cart-eu-spoke' },
        { metadata: { labels: { 'fleet/service': 'search' } } },
      );
      for (const replica of both) {
        await until(async () => {
          const found = await seen(replica);
          const { body } = await replica.get('/services/search/deployments');
          return (
            found['search-ap-spoke'] === 'Degraded live' &&
            body.service.deployments === 4
          );
        });
      }
      const [one, other] = await Promise.all(
        both.map(replica =>
          Promise.all(
            ROUTES.map(async route => (await replica.get(route)).body),
          ),
        ),
      );
      // Each replica counts revisions and sees its connections on its own.
      const same = (answers: unknown) =>
        JSON.parse(
          JSON.stringify(answers, (key, value) =>
            ['revision', 'observedAt', 'since'].includes(key)
              ? undefined
              : value,
          ),
        );
      expect(same(one)).toEqual(same(other));
    });
  }
});
