import { readFileSync } from 'fs';
import path from 'path';
import { gunzipSync } from 'zlib';
import { ConfigReader } from '@backstage/config';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type {
  HubConnectionState,
  HubObjectKind,
} from '@backstage-fleet/plugin-fleet-node';
import {
  answer,
  networkError,
  ScriptedWatch,
} from '../__testUtils__/scriptedHub';
import { VirtualClock } from '../__testUtils__/virtualClock';
import type { HubResponse, HubTransport } from '../transport';
import { createArgocdHubSourceFactory } from './argocdHubSource';

/** Answers as a running Argo CD gave them. */
const recorded = JSON.parse(
  gunzipSync(
    readFileSync(path.join(__dirname, '../testdata/argocd-api.json.gz')),
  ).toString('utf8'),
);

/** The API of an Argo CD with the recorded answers and a stream that a test writes to. */
class ScriptedArgocd implements HubTransport {
  readonly requests: string[] = [];
  readonly streams: ScriptedWatch[] = [];
  applications: KubernetesObject[] = recorded.stream.map(
    ({ result }: any) => result.application,
  );
  fault: ((path: string) => HubResponse | Error | undefined) | undefined;

  async get(pathAndQuery: string, signal: AbortSignal, headers: any = {}) {
    this.requests.push(pathAndQuery);
    const url = new URL(pathAndQuery, 'http://argocd');
    const fault = this.fault?.(url.pathname);
    if (fault instanceof Error) throw fault;
    if (fault) return fault;
    switch (url.pathname) {
      case '/api/v1/stream/applications': {
        // Only in this form are there signs of life.
        if (headers.accept !== 'text/event-stream') return answer(406, '');
        const stream = new ScriptedWatch(url.searchParams, signal);
        this.streams.push(stream);
        for (const application of this.applications) {
          send(stream, 'ADDED', application);
        }
        return { status: 200, body: stream.body() };
      }
      case '/api/v1/applications':
        return answer(200, {
          items: this.applications.map(({ metadata }) => ({
            metadata: { name: metadata.name, namespace: metadata.namespace },
          })),
        });
      default:
        return answer(200, recorded[url.pathname.slice('/api/v1/'.length)]);
    }
  }

  async close() {}
}

function send(stream: ScriptedWatch, type: string, application: unknown) {
  stream.text(
    `data: ${JSON.stringify({ result: { type, application } })} \n\n\n`,
  );
}

describe('createArgocdHubSourceFactory', () => {
  let clock: VirtualClock;
  let argocd: ScriptedArgocd;
  let controller: AbortController;
  let running: Promise<void>;
  let states: Map<HubObjectKind, HubConnectionState>;
  let copies: Map<HubObjectKind, Map<string, KubernetesObject>>;

  async function start() {
    const copy = (kind: HubObjectKind) => {
      if (!copies.has(kind)) copies.set(kind, new Map());
      return copies.get(kind)!;
    };
    const source = createArgocdHubSourceFactory({
      clock,
      random: () => 0.5,
      createTransport: () => argocd,
    }).create({
      hubId: 'hub',
      config: new ConfigReader({ url: 'https://argocd' }),
    });
    running = source.run(
      {
        merge: (kind, objects) => {
          for (const item of objects) copy(kind).set(item.metadata.name, item);
        },
        replace: (kind, objects) =>
          copies.set(
            kind,
            new Map(objects.map(item => [item.metadata.name, item])),
          ),
        upsert: (kind, item) => copy(kind).set(item.metadata.name, item),
        remove: (kind, item) => copy(kind).delete(item.metadata.name),
        state: (kind, state) => states.set(kind, state),
      },
      controller.signal,
    );
    await clock.advance(0);
  }

  beforeEach(() => {
    clock = new VirtualClock();
    argocd = new ScriptedArgocd();
    controller = new AbortController();
    states = new Map();
    copies = new Map();
  });

  afterEach(async () => {
    controller.abort();
    await clock.advance(0);
    await running;
  });

  const seconds = (count: number) => clock.advance(count * 1000);
  const names = (kind: HubObjectKind) => [...(copies.get(kind)?.keys() ?? [])];
  const application = (name: string) => copies.get('Application')?.get(name);

  it('delivers all kinds, slimmed, with the connection and version of clusters', async () => {
    await start();
    expect([...states.values()].map(({ status }) => status)).toEqual(
      Array(4).fill('live'),
    );
    expect(names('Application')).toEqual([
      'shop-spoke-a',
      'shop-spoke-b',
      'shop-spoke-c',
    ]);
    expect(application('shop-spoke-a')).toMatchObject({
      metadata: { ownerReferences: [{ kind: 'ApplicationSet', name: 'shop' }] },
      status: { sync: { status: 'Synced' } },
    });
    expect(JSON.stringify([...copies.values()].map(c => [...c]))).not.toMatch(
      /managedFields|tlsClientConfig|last-applied/,
    );

    const clusters = [...copies.get('Cluster')!.values()];
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
    expect(names('AppProject')).toContain('shop');
    expect(names('ApplicationSet')).toContain('shop');
    const [stream] = argocd.requests.filter(asked => asked.includes('stream'));
    expect(stream).toMatch(/fields=result\.type,/);
  });

  it('follows the stream', async () => {
    await start();
    const [stream] = argocd.streams;
    const [first, second] = argocd.applications;
    send(stream, 'MODIFIED', {
      ...first,
      status: { ...first.status, health: { status: 'Degraded' } },
    });
    send(stream, 'DELETED', second);
    await clock.advance(0);
    expect(application('shop-spoke-a')?.status.health.status).toBe('Degraded');
    expect(names('Application')).toEqual(['shop-spoke-a', 'shop-spoke-c']);
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
    expect(states.get('Application')?.status).toBe('connecting');
    argocd.streams[0].text(':\n');
    await clock.advance(0);
    expect(states.get('Application')?.status).toBe('live');
    expect(names('Application')).toHaveLength(3);
  });

  it('is live with nothing at all', async () => {
    argocd.applications = [];
    await start();
    expect(states.get('Application')?.status).toBe('live');
    expect(names('Application')).toEqual([]);
  });

  it('forgets what was deleted while the stream was broken', async () => {
    await start();
    argocd.applications = argocd.applications.slice(1);
    argocd.streams[0].break();
    await seconds(1);
    expect(argocd.streams).toHaveLength(2);
    expect(names('Application')).toEqual(['shop-spoke-b', 'shop-spoke-c']);
    expect(states.get('Application')?.status).toBe('live');
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
    expect(states.get('Application')?.status).toBe('unreachable');
    argocd.fault = undefined;
    await seconds(30);
    expect(states.get('Application')?.status).toBe('live');
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
    expect(states.get('Cluster')?.message).toMatch(message);
  });

  it('asks a bounded number of times, also of a hub that is down', async () => {
    argocd.fault = () => networkError('ECONNREFUSED');
    await start();
    await seconds(600);
    // Four kinds, each at most every 15 s after the first minute.
    expect(argocd.requests.length).toBeLessThan(4 * 50);
    argocd.fault = undefined;
    await seconds(31);
    expect([...states.values()].map(({ status }) => status)).toEqual(
      Array(4).fill('live'),
    );
  });
});
