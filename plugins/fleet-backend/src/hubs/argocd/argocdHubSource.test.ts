import type { HubObjectKind } from '@backstage-fleet/plugin-fleet-node';
import { runArgocd } from '../__testUtils__/runArgocd';
import type { SourceRun } from '../__testUtils__/runSource';
import {
  recorded,
  ScriptedArgocd,
  sendApplication,
} from '../__testUtils__/scriptedArgocd';
import { answer, networkError } from '../__testUtils__/scriptedHub';
import { VirtualClock } from '../__testUtils__/virtualClock';

const KINDS: HubObjectKind[] = [
  'Application',
  'ApplicationSet',
  'AppProject',
  'Cluster',
];

describe('createArgocdHubSourceFactory', () => {
  let clock: VirtualClock;
  let argocd: ScriptedArgocd;
  let run: SourceRun;

  async function start() {
    run = await runArgocd(argocd, clock);
  }

  beforeEach(() => {
    clock = new VirtualClock();
    argocd = new ScriptedArgocd();
  });

  afterEach(() => run.stop());

  const seconds = (count: number) => clock.advance(count * 1000);
  const statusOf = (kind: HubObjectKind) => run.copy.statusOf(kind);
  const application = (name: string) => run.copy.of('Application').get(name);

  it('delivers all kinds, slimmed, with the connection and version of clusters', async () => {
    await start();
    expect(run.copy.statuses).toEqual(Array(4).fill('live'));
    expect(run.copy.keys('Application')).toEqual([
      'shop-spoke-a',
      'shop-spoke-b',
      'shop-spoke-c',
    ]);
    expect(application('shop-spoke-a')).toMatchObject({
      metadata: { ownerReferences: [{ kind: 'ApplicationSet', name: 'shop' }] },
      status: { sync: { status: 'Synced' } },
    });
    expect(
      JSON.stringify(KINDS.map(kind => [...run.copy.of(kind)])),
    ).not.toMatch(/managedFields|tlsClientConfig|last-applied/);

    const clusters = [...run.copy.of('Cluster').values()];
    const cluster = (name: string) =>
      clusters.find(({ spec }) => spec.name === name);
    expect(cluster('spoke-a')?.status).toEqual({
      connection: expect.objectContaining({ status: 'Successful' }),
      serverVersion: 'v0.0.0',
    });
    expect(cluster('dead')?.status.connection).toEqual(
      expect.objectContaining({
        status: 'Failed',
        message: expect.stringContaining('connection refused'),
      }),
    );
    expect(run.copy.keys('AppProject')).toContain('shop');
    expect(run.copy.keys('ApplicationSet')).toContain('shop');
    const [stream] = argocd.requests.filter(asked => asked.includes('stream'));
    expect(stream).toMatch(/fields=result\.type,/);
  });

  it('follows the stream', async () => {
    await start();
    const [stream] = argocd.streams;
    const [first, second] = argocd.applications;
    sendApplication(stream, 'MODIFIED', {
      ...first,
      status: { ...first.status, health: { status: 'Degraded' } },
    });
    sendApplication(stream, 'DELETED', second);
    await clock.advance(0);
    expect(application('shop-spoke-a')?.status.health.status).toBe('Degraded');
    expect(run.copy.keys('Application')).toEqual([
      'shop-spoke-a',
      'shop-spoke-c',
    ]);
  });

  it('waits for the whole, and finds out what was deleted meanwhile', async () => {
    const all = argocd.applications;
    argocd.applications = [...all, { metadata: { name: 'gone' } }];
    argocd.fault = requested => {
      // Between the list of names and the stream.
      if (requested.includes('stream')) argocd.applications = all;
      return undefined;
    };
    await start();
    expect(statusOf('Application')).toBe('connecting');
    argocd.streams[0].text(':\n');
    await clock.advance(0);
    expect(statusOf('Application')).toBe('live');
    expect(run.copy.keys('Application')).toHaveLength(3);
  });

  it('is live with nothing at all', async () => {
    argocd.applications = [];
    await start();
    expect(statusOf('Application')).toBe('live');
    expect(run.copy.keys('Application')).toEqual([]);
  });

  it('forgets what was deleted while the stream was broken', async () => {
    await start();
    argocd.applications = argocd.applications.slice(1);
    argocd.streams[0].break();
    await seconds(1);
    expect(argocd.streams).toHaveLength(2);
    expect(run.copy.keys('Application')).toEqual([
      'shop-spoke-b',
      'shop-spoke-c',
    ]);
    expect(statusOf('Application')).toBe('live');
  });

  it('tells a dead stream by its silence', async () => {
    await start();
    for (let turn = 0; turn < 4; turn++) {
      await seconds(15);
      argocd.streams[0].text(':\n');
    }
    await seconds(1);
    expect(argocd.streams).toHaveLength(1);
    argocd.fault = () => networkError('ECONNREFUSED');
    await seconds(27);
    expect(argocd.streams[0].closed).toBe(true);
    expect(statusOf('Application')).toBe('unreachable');
    argocd.fault = undefined;
    await seconds(30);
    expect(statusOf('Application')).toBe('live');
  });

  it('opens a new stream every ten minutes, in case that events were dropped', async () => {
    await start();
    for (let turn = 0; turn < 41; turn++) {
      await seconds(15);
      argocd.streams[argocd.streams.length - 1].text(':\n');
    }
    await clock.advance(0);
    expect(argocd.streams).toHaveLength(2);
  });

  it('finds out what was deleted meanwhile, also where events leave no silence', async () => {
    const all = argocd.applications;
    argocd.applications = [...all, { metadata: { name: 'gone' } }];
    argocd.fault = requested => {
      if (requested.includes('stream')) argocd.applications = all;
      return undefined;
    };
    await start();
    for (let turn = 0; turn < 20; turn++) {
      await seconds(1);
      sendApplication(argocd.streams[0], 'MODIFIED', all[0]);
    }
    await clock.advance(0);
    expect(statusOf('Application')).toBe('live');
    expect(run.copy.keys('Application')).toHaveLength(3);
  });

  it('says that a stream leaves something out', async () => {
    const [first, ...others] = argocd.applications;
    argocd.fault = requested => {
      argocd.applications = requested.includes('stream')
        ? others
        : [first, ...others];
      return undefined;
    };
    await start();
    for (let turn = 0; turn < 3; turn++) {
      await seconds(15);
      argocd.streams[argocd.streams.length - 1].text(':\n');
    }
    await clock.advance(0);
    expect(run.copy.states.get('Application')).toMatchObject({
      status: 'stale',
      message: expect.stringContaining('stream of applications leaves out'),
    });
  });

  it.each([
    [
      'a refused token',
      () => ({
        ...answer(401, recorded.refused.lines.join('')),
        status: recorded.refused.status,
      }),
      /refuses the token/,
    ],
    [
      'no right to see clusters',
      (requested: string) =>
        requested.endsWith('/clusters')
          ? answer(200, { metadata: {}, items: null })
          : undefined,
      /policy\.csv in argocd-rbac-cm.*p, <account>, clusters, get, \*, allow/,
    ],
    [
      'another server',
      () => answer(404, 'Not Found'),
      /does not serve .* \(404\).*`url`/,
    ],
    ['garbage', () => answer(200, '<html>'), /not JSON.*an Argo CD API/],
  ])('says what to do about %s', async (_name, fault, message) => {
    argocd.fault = fault;
    await start();
    await seconds(2);
    expect(run.copy.states.get('Cluster')?.message).toMatch(message);
  });

  it('asks a bounded number of times, also of a hub that is down', async () => {
    argocd.fault = () => networkError('ECONNREFUSED');
    await start();
    await seconds(600);
    // Four kinds, each at most every 15 s after the first minute.
    expect(argocd.requests.length).toBeLessThan(4 * 50);
    argocd.fault = undefined;
    await seconds(31);
    expect(run.copy.statuses).toEqual(Array(4).fill('live'));
  });
});
