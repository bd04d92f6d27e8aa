import type { HubObjectKind } from '@backstage-fleet/plugin-fleet-node';
import { runArgocd } from '../__testUtils__/runArgocd';
import type { SourceRun } from '../__testUtils__/runSource';
import {
  ScriptedArgocd,
  sendApplicationSet,
} from '../__testUtils__/scriptedArgocd';
import { answer, networkError } from '../__testUtils__/scriptedHub';
import { VirtualClock } from '../__testUtils__/virtualClock';

describe('ApplicationSets of an Argo CD', () => {
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

  const asked = (path: string) =>
    argocd.requests.filter(request => request.split('?')[0] === path).length;
  const LIST = '/api/v1/applicationsets';
  const STREAM = '/api/v1/stream/applicationsets';
  const alive = async () => {
    await seconds(15);
    for (const stream of [...argocd.streams, ...argocd.setStreams]) {
      if (!stream.closed) stream.text(':\n');
    }
    await clock.advance(0);
  };

  it('are followed by their stream where the server has one', async () => {
    argocd.streamsSets = true;
    await start();
    expect(statusOf('ApplicationSet')).toBe('live');
    expect(run.copy.keys('ApplicationSet')).toContain('shop');
    for (let turn = 0; turn < 8; turn++) await alive();
    expect(statusOf('ApplicationSet')).toBe('live');
    expect(asked(LIST)).toBe(1);

    const [stream] = argocd.setStreams;
    const set = argocd.applicationSets[0];
    const metadata = { ...set.metadata, name: 'new' };
    sendApplicationSet(stream, 'ADDED', { ...set, metadata });
    sendApplicationSet(stream, 'DELETED', set);
    await clock.advance(0);
    expect(run.copy.keys('ApplicationSet')).toContain('new');
    expect(run.copy.keys('ApplicationSet')).not.toContain(set.metadata.name);
    const { query } = stream;
    expect(query.get('fields')).toMatch(
      /^result\.type,result\.applicationSet\.metadata\.name,/,
    );
  });

  it('are forgotten when they were deleted while the stream was broken', async () => {
    argocd.streamsSets = true;
    await start();
    argocd.fault = path =>
      path.includes('applicationsets') ? networkError('ECONNRESET') : undefined;
    argocd.setStreams[0].break();
    await seconds(20);
    expect(statusOf('ApplicationSet')).toBe('unreachable');
    expect(statusOf('Application')).toBe('live');
    argocd.applicationSets = [];
    argocd.fault = undefined;
    await seconds(30);
    expect(statusOf('ApplicationSet')).toBe('live');
    expect(run.copy.keys('ApplicationSet')).toEqual([]);
  });

  it.each([404, 501])(
    'are polled where the stream is answered with %d, which is tried again later',
    async code => {
      argocd.fault = path =>
        path === STREAM ? answer(code, 'Not Found') : undefined;
      await start();
      expect(statusOf('ApplicationSet')).toBe('live');
      argocd.applicationSets = argocd.applicationSets.slice(1);
      for (let turn = 0; turn < 2; turn++) await alive();
      expect(run.copy.keys('ApplicationSet')).toHaveLength(
        argocd.applicationSets.length,
      );
      for (let turn = 0; turn < 36; turn++) await alive();
      expect(asked(STREAM)).toBe(1);

      argocd.fault = undefined;
      argocd.streamsSets = true;
      for (let turn = 0; turn < 4; turn++) await alive();
      expect(argocd.setStreams).toHaveLength(1);
      const polls = asked(LIST);
      for (let turn = 0; turn < 8; turn++) await alive();
      expect(asked(LIST)).toBe(polls);
      expect(statusOf('ApplicationSet')).toBe('live');
    },
  );

  it('are polled where the stream leaves some of them out', async () => {
    argocd.streamsSets = true;
    const all = argocd.applicationSets;
    argocd.fault = path => {
      argocd.applicationSets = path === STREAM ? all.slice(1) : all;
      return undefined;
    };
    await start();
    expect(statusOf('ApplicationSet')).toBe('connecting');
    for (let turn = 0; turn < 3; turn++) await alive();
    expect(statusOf('ApplicationSet')).toBe('live');
    expect(run.copy.keys('ApplicationSet')).toHaveLength(all.length);
  });
});
