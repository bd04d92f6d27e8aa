import { type ReflectorRun, runReflector } from './__testUtils__/runReflector';
import {
  answer,
  networkError,
  ScriptedHub,
  ScriptedRequest,
  status,
} from './__testUtils__/scriptedHub';
import { VirtualClock } from './__testUtils__/virtualClock';

const application = (name: string, version = 1, health = 'Healthy') => ({
  metadata: {
    name,
    namespace: 'argocd',
    resourceVersion: String(version),
    managedFields: [{ manager: 'argocd' }],
  },
  spec: { destination: { name: 'spoke' } },
  status: { health: { status: health }, sync: { status: 'Synced' } },
});

describe('Reflector', () => {
  let clock: VirtualClock;
  let hub: ScriptedHub;
  let run: ReflectorRun;

  async function start(random = 0.5) {
    run = runReflector({
      transport: hub,
      clock,
      namespace: 'argocd',
      random: () => random,
    });
    await clock.advance(0);
  }

  const health = (name: string) => run.copy.get(name)?.status.health.status;
  const seconds = (count: number) => clock.advance(count * 1000);

  beforeEach(() => {
    clock = new VirtualClock();
    hub = new ScriptedHub(clock);
    hub.objects = [application('a'), application('b')];
  });

  afterEach(() => run.stop());

  it('lists in pages, projects, then watches from the version of the list', async () => {
    hub.objects = Array.from({ length: 5 }, (_, index) =>
      application(`app-${index}`),
    );
    hub.pageSize = 2;
    await start();

    expect(hub.lists.map(({ query }) => query.get('continue'))).toEqual([
      null,
      '2',
      '4',
    ]);
    expect(hub.lists[0].query.get('limit')).toBe('500');
    expect(hub.requests[0].path).toBe(
      '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications',
    );
    expect([...run.copy.keys()]).toEqual(hub.objects.map(o => o.metadata.name));
    expect(run.copy.get('app-0')?.metadata).toEqual({
      name: 'app-0',
      namespace: 'argocd',
    });

    const { query } = hub.lastWatch;
    expect(query.get('resourceVersion')).toBe('100');
    expect(query.get('allowWatchBookmarks')).toBe('true');
    expect(Number(query.get('timeoutSeconds'))).toBe(22);
    expect(run.statuses).toEqual(['connecting', 'live']);
  });

  it('applies events, also where an event is cut anywhere', async () => {
    await start();
    const event = Buffer.from(
      `${JSON.stringify({
        type: 'ADDED',
        object: application('ü', 101, 'Degraded'),
      })}\n`,
    );
    for (const byte of event) {
      hub.lastWatch.text(Buffer.from([byte]).toString('latin1'));
    }
    hub.lastWatch.event('MODIFIED', application('a', 102, 'Progressing'));
    hub.lastWatch.event('DELETED', application('b', 103));
    await clock.advance(0);

    expect(health('a')).toBe('Progressing');
    expect(run.copy.has('b')).toBe(false);
    expect(run.copy.size).toBe(2);
  });

  it('goes on from the last version after a clean close, without a list', async () => {
    await start();
    hub.lastWatch.event('MODIFIED', application('a', 105));
    hub.lastWatch.event('BOOKMARK', { metadata: { resourceVersion: '180' } });
    await seconds(20);
    hub.lastWatch.end();
    await clock.advance(0);

    expect(hub.lists).toHaveLength(1);
    expect(hub.watches).toHaveLength(2);
    expect(hub.lastWatch.query.get('resourceVersion')).toBe('180');
    expect(run.statuses).toEqual(['connecting', 'live']);
  });

  it('does not spin on a hub that closes every watch at once', async () => {
    hub.fault = request => (request.watch ? answer(200, '') : undefined);
    await start();
    await seconds(60);

    expect(hub.requests.length).toBeLessThan(12);
    expect(hub.lists).toHaveLength(1);
    expect(run.state.status).toBe('stale');
    expect(run.state.message).toMatch(/ends every watch at once/);
  });

  it('resumes after a reset within a second, and stays live', async () => {
    await start();
    hub.lastWatch.event('MODIFIED', application('a', 105));
    await seconds(3);
    hub.lastWatch.break();
    await seconds(1);

    expect(hub.lists).toHaveLength(1);
    expect(hub.lastWatch.query.get('resourceVersion')).toBe('105');
    expect(run.statuses).toEqual(['connecting', 'live']);
  });

  it('shows a hub that refuses connections within 5 s, keeps what it had, and recovers within 30 s', async () => {
    await start();
    hub.fault = () => networkError('ECONNREFUSED');
    hub.lastWatch.break();
    await seconds(2);
    expect(run.state.status).toBe('unreachable');
    expect(run.state.message).toMatch(/refuses connections/);
    expect(run.copy.size).toBe(2);

    await seconds(3600);
    const asked = hub.requests.length;
    expect(asked).toBeLessThan(200);
    hub.fault = undefined;
    await seconds(30);
    expect(run.state.status).toBe('live');
    expect(hub.requests.length - asked).toBeLessThanOrEqual(2);
    expect(run.state.observedAt).toBeDefined();
  });

  it('waits between 1 and 30 s, longer and longer', async () => {
    hub.fault = () => networkError('ECONNREFUSED');
    await start();
    await seconds(200);
    const waits = hub.requests
      .map(({ at }, index) => at - (hub.requests[index - 1]?.at ?? at))
      .slice(1);
    expect(waits.slice(0, 7)).toEqual([
      500, 1500, 3000, 6000, 12000, 22500, 22500,
    ]);
  });

  it('tells a silent hub from a quiet one within 45 s', async () => {
    await start(1);
    hub.fault = () => 'silent';
    await seconds(31);
    expect(run.state.status).toBe('stale');
    expect(hub.watches[0].closed).toBe(true);
    await seconds(14);
    expect(run.state.status).toBe('unreachable');
    expect(run.state.message).toMatch(/did not answer within 10 s/);

    hub.fault = undefined;
    await seconds(30);
    expect(run.state.status).toBe('live');
    expect(hub.lists).toHaveLength(1);
  });

  it('gives up a list that stops in the middle, and keeps what it had', async () => {
    let stalled = false;
    hub.fault = request => {
      if (request.watch || stalled) return undefined;
      stalled = true;
      return {
        status: 200,
        body: (async function* forever() {
          yield Buffer.from('{"items":[');
          await new Promise(() => {});
        })(),
      };
    };
    await start();
    await seconds(15.2);
    expect(run.state.status).toBe('stale');
    await seconds(2);
    expect(run.state.status).toBe('live');
    expect(run.copy.size).toBe(2);
  });

  const expired = {
    kind: 'Status',
    code: 410,
    message: 'too old resource version',
  };

  it.each([
    ['in the stream', () => hub.lastWatch.event('ERROR', expired), undefined],
    [
      'as an answer',
      () => hub.lastWatch.break(),
      (request: ScriptedRequest) =>
        request.watch && hub.lists.length === 1
          ? status(410, 'too old resource version')
          : undefined,
    ],
  ])('lists anew after a 410 %s', async (_name, cause, fault) => {
    await start();
    hub.objects = [application('a', 200, 'Degraded'), application('c', 201)];
    hub.version = 250;
    hub.fault = fault;
    cause();
    await seconds(4);

    expect(hub.lists).toHaveLength(2);
    expect([...run.copy.keys()]).toEqual(['a', 'c']);
    expect(health('a')).toBe('Degraded');
    expect(hub.lastWatch.query.get('resourceVersion')).toBe('250');
    expect(run.state.status).toBe('live');
  });

  it('does not list again and again where every watch is expired', async () => {
    hub.fault = request =>
      request.watch
        ? answer(200, `${JSON.stringify({ type: 'ERROR', object: expired })}\n`)
        : undefined;
    await start();
    await seconds(60);
    expect(hub.lists.length).toBeLessThan(10);
    expect(run.state.status).toBe('stale');
  });

  it.each([
    [401, /refuses the token.*token/],
    [
      403,
      /may not read applications\.argoproj\.io in namespace argocd.*Role .* in namespace argocd: {apiGroups: \["argoproj\.io"\], resources: \["applications"\], verbs: \["list", "watch"\]}/,
    ],
  ])('says what to do about %i, and looks again', async (code, message) => {
    hub.fault = () => status(code, 'no');
    await start();
    expect(run.state.status).toBe('unauthorized');
    expect(run.state.message).toMatch(message);

    hub.fault = undefined;
    await seconds(2);
    expect(run.state.status).toBe('live');
    expect(run.copy.size).toBe(2);
  });

  it('says that the hub has no Argo CD', async () => {
    hub.fault = () => answer(404, '404 page not found');
    await start();
    expect(run.state.status).toBe('unreachable');
    expect(run.state.message).toMatch(
      /does not serve applications\.argoproj\.io/,
    );
  });

  it('waits as long as a busy hub asks for', async () => {
    let refused = 0;
    hub.fault = () => {
      refused++;
      return { ...status(429, 'too many requests'), retryAfter: 12 };
    };
    await start();
    await seconds(11);
    expect(refused).toBe(1);
    expect(run.state.status).toBe('stale');
    hub.fault = undefined;
    await seconds(2);
    expect(run.state.status).toBe('live');
  });

  it.each([
    ['half a page', '{"items":[{"metadata":'],
    ['a page of a proxy', '<html>Sign in</html>'],
    ['something else', '{"kind":"Status"}'],
  ])('takes nothing from %s', async (_name, text) => {
    await start();
    hub.lastWatch.event('ERROR', expired);
    hub.fault = request => (request.watch ? undefined : answer(200, text));
    await seconds(5);
    expect(run.copy.size).toBe(2);
    expect(run.lists).toBe(1);
    expect(run.state.status).toBe('stale');
    expect(run.state.message).toMatch(/url/);
  });

  it('resumes once after a broken line, then lists', async () => {
    await start();
    hub.lastWatch.text('{"type":"MODI\n');
    await seconds(1);
    expect(hub.lists).toHaveLength(1);
    expect(hub.watches).toHaveLength(2);

    hub.lastWatch.text('garbage\n');
    await seconds(3);
    expect(hub.lists).toHaveLength(2);
    expect(run.state.status).toBe('live');
  });

  it('never quotes what it could not parse', async () => {
    hub.fault = () => answer(200, '{"items":[{"data":{"config":"c2VjcmV0"');
    await start();
    await seconds(5);
    expect(JSON.stringify(run.state)).not.toMatch(/config|c2VjcmV0/);
  });

  it('keeps the number of open watches and timers flat over many faults', async () => {
    await start();
    for (let round = 0; round < 200; round++) {
      if (round % 3 === 0) hub.lastWatch.break();
      else if (round % 3 === 1) hub.lastWatch.event('ERROR', expired);
      else hub.lastWatch.end();
      await seconds(10);
    }
    expect(hub.watches.filter(({ closed }) => !closed)).toHaveLength(1);
    expect(clock.waiting).toBeLessThanOrEqual(2);
    expect(run.state.status).toBe('live');
  });
});
