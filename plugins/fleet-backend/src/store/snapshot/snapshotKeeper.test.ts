import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import path from 'path';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { VirtualClock } from '../../hubs/__testUtils__/virtualClock';
import { application, cluster, testStore } from '../__testUtils__/objects';
import { claimsOfHub } from '../claims';
import { HubSnapshots } from './hubSnapshots';
import { SnapshotKeeper } from './snapshotKeeper';

// PostgreSQL too, where a server is named; a container runtime is not assumed.
const databases = TestDatabases.create({
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES16_CONNECTION_STRING
    ? ['SQLITE_3', 'POSTGRES_16']
    : ['SQLITE_3'],
});

describe.each(databases.eachSupportedId())('SnapshotKeeper on %s', database => {
  async function setUp() {
    const client = await databases.init(database);
    await client.migrate.latest({
      directory: path.resolve(__dirname, '../../../migrations'),
    });
    const clock = new VirtualClock();
    const logger = mockServices.logger.mock();
    const snapshots = new HubSnapshots(client);
    const start = () => {
      const store = testStore({ now: () => new Date(clock.now()) });
      const keeper = new SnapshotKeeper({ store, snapshots, clock, logger });
      return { store, keeper };
    };
    return { client, clock, logger, snapshots, start };
  }

  const live = { status: 'live' as const, since: '2026-01-01T00:00:00Z' };
  const apps = Array.from({ length: 1_200 }, (_, index) =>
    application({ name: `a-${index}`, labels: { 'fleet/service': 's' } }),
  );
  const claim: KubernetesObject = {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'Cluster',
    metadata: { name: 'spoke', namespace: 'fleet' },
  };

  it('shows what was known as stale, until the hub answers', async () => {
    const { clock, client, start } = await setUp();
    const before = start();
    const eu = before.store.sink('eu');
    eu.replace('Application', apps);
    eu.replace('Cluster', [cluster('spoke')]);
    eu.replace('Claim', [claim]);
    eu.state('Application', live);
    eu.state('Cluster', live);
    const stop = new AbortController();
    const running = before.keeper.run(stop.signal);
    await clock.advance(61_000);
    const saved = () => client('hub_snapshots').count({ n: '*' }).first();
    // Writing takes turns of the event loop that no virtual time counts.
    while (Number((await saved())?.n) === 0) await clock.advance(0);
    stop.abort();
    await clock.advance(0);
    await running;

    await clock.advance(3_600_000);
    const after = start();
    await after.keeper.restore();
    expect([...after.store.applications()]).toHaveLength(1_200);
    expect(after.store.cluster('eu/spoke')?.server).toBe('https://spoke');
    expect(after.store.objects('eu', 'Claim').size).toBe(1);
    const connecting = {
      status: 'connecting' as const,
      since: new Date(clock.now()).toISOString(),
    };
    const sink = after.store.sink('eu');
    sink.state('Application', connecting);
    sink.state('Cluster', connecting);
    expect(after.store.freshness('eu')[0]).toMatchObject({
      status: 'stale',
      message: expect.stringMatching(/before Backstage started/),
    });
    expect(after.store.freshness('us')[0].status).toBe('connecting');

    sink.state('Application', {
      status: 'unreachable',
      since: connecting.since,
      message: 'The hub refuses connections.',
    });
    const [down] = after.store.freshness('eu');
    expect(down).toMatchObject({ status: 'unreachable' });
    expect(clock.now() - down.observedAt!.getTime()).toBeGreaterThan(3_500_000);

    sink.replace('Application', [apps[0]]);
    sink.state('Application', live);
    expect([...after.store.applications()]).toHaveLength(1);
    await client.destroy();
  });

  it('keeps what it has of a hub that is down, and forgets hubs that are gone', async () => {
    const { client, start, snapshots, clock } = await setUp();
    const { store, keeper } = start();
    const taken = new Date(clock.now());
    await snapshots.save('gone', [['Application', apps.slice(0, 1)]], taken);
    await snapshots.save('us', [['Application', apps.slice(0, 2)]], taken);
    await keeper.restore();
    store.sink('us').state('Application', {
      status: 'unreachable',
      since: '2026-01-01T00:00:00Z',
    });
    await keeper.save();
    const rows = await client('hub_snapshots').select('hub', 'kind', 'part');
    expect(rows).toEqual([{ hub: 'us', kind: 'Application', part: 0 }]);
    expect([...store.applications()]).toHaveLength(2);
    await client.destroy();
  });

  it('remembers which claims were ready, so that one that lost something is not shown as being made', async () => {
    const { client, start } = await setUp();
    const of = (
      name: string,
      ready: 'True' | 'False',
      uid = name,
    ): KubernetesObject => ({
      apiVersion: 'platform.example/v1',
      kind: 'XCluster',
      metadata: { name, uid },
      spec: { crossplane: {} },
      provisioningSource: 'crossplane-xr',
      status: {
        conditions: [
          { type: 'Synced', status: 'True' },
          { type: 'Ready', status: ready, reason: 'Creating' },
        ],
      },
    });
    const before = start();
    const eu = before.store.sink('eu');
    for (const kind of ['Application', 'Cluster'] as const) {
      eu.replace(kind, []);
      eu.state(kind, live);
    }
    eu.replace('Claim', [of('old', 'True'), of('young', 'False')]);
    eu.upsert('Claim', of('old', 'False'));
    await before.keeper.save();

    const { keeper, store } = start();
    await keeper.restore();
    const states = () =>
      claimsOfHub(store, 'eu').map(({ claim: { name, state } }) => [
        name,
        state,
      ]);
    expect(states()).toEqual([
      ['old', 'degraded'],
      ['young', 'provisioning'],
    ]);
    store.sink('eu').replace('Claim', [of('old', 'False', 'made anew')]);
    expect(states()).toEqual([['old', 'provisioning']]);
    await client.destroy();
  });

  it('starts without what cannot be read', async () => {
    const { client, start, logger } = await setUp();
    await client('hub_snapshots').insert({
      hub: 'eu',
      kind: 'Application',
      part: 0,
      taken_at: new Date().toISOString(),
      objects: 'broken',
    });
    const { store, keeper } = start();
    await keeper.restore();
    expect([...store.applications()]).toEqual([]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/hub eu had cannot be read/),
    );
    await client.destroy();
  });
});
