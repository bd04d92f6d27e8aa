import { application, cluster, testStore } from './__testUtils__/objects';
import { buildMatrix } from './matrix';

const BEGIN = Date.parse('2026-01-01T12:00:00Z');
const MINUTE = 60_000;

describe('FleetStore, as time goes by', () => {
  let now: number;
  const store = () => testStore({ now: () => new Date(now) });
  const live = {
    status: 'live',
    since: new Date(BEGIN).toISOString(),
  } as const;

  beforeEach(() => {
    now = BEGIN;
  });

  const app = (name: string, reconciledAt = now) =>
    application({
      name,
      labels: { 'fleet/service': name },
      reconciledAt: new Date(reconciledAt).toISOString(),
    });

  it('tells of what nobody compared for too long, once, and when it is compared again', async () => {
    const fleet = store();
    const eu = fleet.sink('eu');
    eu.replace('Cluster', [cluster('spoke')]);
    eu.replace('Application', [app('a'), app('b')]);
    eu.state('Cluster', live);
    eu.state('Application', live);
    const full = buildMatrix(fleet);
    expect(full.cells.freshness).toEqual([0, 0]);

    now += 8 * MINUTE;
    // Written again without news: no revision, and yet not stale.
    const { revision } = fleet;
    eu.upsert('Application', app('b'));
    await fleet.sweep();
    expect(fleet.revision).toBe(revision);

    now += 8 * MINUTE;
    await fleet.sweep();
    const delta = buildMatrix(fleet, full.revision);
    expect(delta.full).toBe(false);
    expect(delta.cells).toMatchObject({ row: [0], freshness: [1], state: [6] });
    expect(fleet.freshnessOf(fleet.application('eu/argocd/a')!)).toMatchObject({
      status: 'stale',
      observedAt: new Date(BEGIN),
      message: expect.stringMatching(/16 min ago/),
    });
    const stale = fleet.revision;
    await fleet.sweep();
    expect(fleet.revision).toBe(stale);

    eu.upsert('Application', app('a'));
    expect(buildMatrix(fleet, stale).cells).toMatchObject({
      row: [0],
      freshness: [0],
    });
  });

  it('shows the Applications of a cluster that Argo CD cannot reach as they were', () => {
    const fleet = store();
    const eu = fleet.sink('eu');
    const spoke = (status: string) => ({
      ...cluster('spoke'),
      status: { connection: { status, attemptedAt: String(now) } },
    });
    eu.state('Cluster', live);
    eu.state('Application', live);
    eu.replace('Cluster', [spoke('Successful')]);
    eu.replace('Application', [app('a')]);
    now += MINUTE;
    const { revision } = fleet;
    eu.replace('Cluster', [spoke('Successful')]);
    expect(fleet.revision).toBe(revision);

    eu.replace('Cluster', [spoke('Failed')]);
    expect(buildMatrix(fleet).cells).toMatchObject({
      state: [6],
      freshness: [2],
    });
    expect(fleet.freshnessOf(fleet.application('eu/argocd/a')!)).toMatchObject({
      status: 'unreachable',
      message: 'Argo CD cannot connect to the cluster.',
    });
  });

  it('says of a hub that is down until when its state is known', () => {
    const fleet = store();
    const eu = fleet.sink('eu');
    eu.replace('Application', [app('a')]);
    eu.state('Cluster', live);
    eu.state('Application', {
      status: 'unreachable',
      since: new Date(now).toISOString(),
      observedAt: new Date(now).toISOString(),
      message: 'The hub refuses connections.',
    });
    now += 14 * MINUTE;
    expect(fleet.freshnessOf(fleet.application('eu/argocd/a')!)).toEqual({
      status: 'unreachable',
      observedAt: new Date(BEGIN),
      message: 'The hub refuses connections.',
    });
  });
});
