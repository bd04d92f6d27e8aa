import type { ApplicationRequest } from '@backstage-fleet/plugin-fleet-node';
import { applications, namespaces } from '@backstage-fleet/dev-hub';
import { TestHub } from '../../service/__testUtils__/testHub';
import { answer, networkError, status } from '../__testUtils__/scriptedHub';
import { VirtualClock } from '../__testUtils__/virtualClock';
import { systemClock } from '../clock';
import {
  createHubTransport,
  type HubResponse,
  type HubWrite,
  type WritingHubTransport,
} from '../transport';
import { ArgocdRequests } from './argocdRequests';
import { KubernetesRequests } from './kubernetesRequests';

const SHOP = { namespace: 'argocd', name: 'shop' };
const SYNC: ApplicationRequest = { action: 'sync' };
const REFRESH: ApplicationRequest = { action: 'refresh', type: 'normal' };

/** A hub that answers as a test says. */
class ScriptedApi implements WritingHubTransport {
  readonly requests: Array<{ get: string } | HubWrite> = [];
  answers: Array<HubResponse | Error | 'silent'> = [];

  get(pathAndQuery: string, signal: AbortSignal) {
    this.requests.push({ get: pathAndQuery });
    return this.#next(signal);
  }

  send(write: HubWrite, signal: AbortSignal) {
    this.requests.push(write);
    return this.#next(signal);
  }

  async close() {}

  async #next(signal: AbortSignal): Promise<HubResponse> {
    const next = this.answers.shift() ?? answer(200, {});
    if (next instanceof Error) throw next;
    if (next !== 'silent') return next;
    return new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason)),
    );
  }
}

describe('requests to the API of Kubernetes', () => {
  const read = () =>
    answer(200, {
      metadata: { ...SHOP, resourceVersion: '7' },
      spec: { source: { targetRevision: 'main' } },
    });
  const ask = (
    api: ScriptedApi,
    request: ApplicationRequest,
    clock = new VirtualClock(),
  ) =>
    new KubernetesRequests(api, clock).request(
      SHOP,
      request,
      'user:default/ada',
    );

  it('reads again where the Application was written meanwhile', async () => {
    const api = new ScriptedApi();
    api.answers = [
      read(),
      status(409, 'the object has been modified'),
      read(),
      answer(200, {}),
    ];
    await ask(api, SYNC);
    expect(api.requests).toHaveLength(4);
    const path =
      '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/shop';
    expect(api.requests[2]).toEqual({ get: path });
    expect(api.requests[3]).toMatchObject({
      method: 'PATCH',
      pathAndQuery: `${path}?fieldManager=backstage-fleet`,
      contentType: 'application/merge-patch+json',
    });
  });

  it('gives up where it is written all the time', async () => {
    const api = new ScriptedApi();
    api.answers = Array.from({ length: 5 }, () => [
      read(),
      status(409, 'the object has been modified'),
    ]).flat();
    await expect(ask(api, SYNC)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(
        /refuses to sync shop: the object has been modified/,
      ),
    });
    expect(api.requests).toHaveLength(10);
  });

  it('refreshes by one patch of the annotation', async () => {
    const api = new ScriptedApi();
    await ask(api, { action: 'refresh', type: 'hard' });
    expect(api.requests).toEqual([
      expect.objectContaining({
        method: 'PATCH',
        body: {
          metadata: {
            annotations: { 'argocd.argoproj.io/refresh': 'hard' },
          },
        },
      }),
    ]);
  });

  it.each([
    [
      SYNC,
      status(403, 'forbidden'),
      'NotAllowedError',
      /namespace argocd: \{apiGroups: \["argoproj.io"\], resources: \["applications"\], verbs: \["get", "patch"\]\}/,
    ],
    [
      REFRESH,
      status(403, 'forbidden'),
      'NotAllowedError',
      /verbs: \["patch"\]/,
    ],
    [
      SYNC,
      status(404, 'not found'),
      'NotFoundError',
      /no Application shop in namespace argocd/,
    ],
    [
      SYNC,
      status(401, 'no'),
      'ServiceUnavailableError',
      /refuses the token \(401\)/,
    ],
    [REFRESH, status(422, 'bad'), 'InputError', /refuses to refresh shop: bad/],
    [
      REFRESH,
      status(503, 'later'),
      'ServiceUnavailableError',
      /\(503\): later/,
    ],
    [
      REFRESH,
      networkError('ECONNREFUSED'),
      'ServiceUnavailableError',
      /refuses connections/,
    ],
    [REFRESH, answer(200, '<html>'), 'ServiceUnavailableError', /not JSON/],
  ])(
    '%j: what goes wrong is said with what to do',
    async (request, first, name, message) => {
      const api = new ScriptedApi();
      api.answers = [first];
      await expect(ask(api, request)).rejects.toMatchObject({
        name,
        message: expect.stringMatching(message),
      });
    },
  );

  it('does not wait for ever', async () => {
    const api = new ScriptedApi();
    api.answers = ['silent'];
    const clock = new VirtualClock();
    const asked = ask(api, REFRESH, clock).catch(error => error);
    await clock.advance(10_000);
    expect(await asked).toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/did not answer within 10 s/),
    });
  });
});

describe('requests to a Kubernetes API over HTTP', () => {
  const hub = new TestHub();
  beforeAll(async () => {
    const { store } = hub;
    store.create(namespaces, { metadata: { name: 'argocd' } } as any);
    store.create(applications, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: SHOP,
      spec: {
        project: 'default',
        destination: { name: 'spoke' },
        source: { repoURL: 'https://git.example/a', path: '.' },
      },
    } as any);
    await hub.listen();
  });
  afterAll(() => hub.kill());

  it('asks once; the second sync is told who asked first', async () => {
    const { url, token } = hub.connection;
    const transport = createHubTransport({
      url,
      token: { current: () => token, refused: () => {} },
    });
    const requests = new KubernetesRequests(transport, systemClock);
    const found = () => hub.store.find(applications, SHOP) as any;
    await requests.request(SHOP, REFRESH, 'user:default/ada');
    expect(found().metadata.annotations).toEqual({
      'argocd.argoproj.io/refresh': 'normal',
    });
    await requests.request(SHOP, SYNC, 'user:default/ada');
    expect(found().operation.initiatedBy).toEqual({
      username: 'user:default/ada',
    });
    await expect(
      requests.request(SHOP, SYNC, 'user:default/bob'),
    ).rejects.toThrow(/asked for already, by user:default\/ada/);
    await transport.close();
  });
});

describe('requests to the API of Argo CD', () => {
  const ask = (api: ScriptedApi, request: ApplicationRequest) =>
    new ArgocdRequests(api, new VirtualClock()).request(
      { namespace: 'team a', name: 'shop' },
      request,
      'user:default/ada',
    );

  it('syncs in the namespace of the Application, and says who asked', async () => {
    const api = new ScriptedApi();
    await ask(api, { action: 'sync', revision: 'v2', prune: true });
    expect(api.requests).toEqual([
      {
        method: 'POST',
        pathAndQuery: '/api/v1/applications/shop/sync',
        contentType: 'application/json',
        body: {
          appNamespace: 'team a',
          strategy: { hook: {} },
          revision: 'v2',
          prune: true,
          infos: [
            { name: 'Requested in', value: 'Backstage' },
            { name: 'Requested by', value: 'user:default/ada' },
          ],
        },
      },
    ]);
  });

  it('refreshes by looking', async () => {
    const api = new ScriptedApi();
    await ask(api, { action: 'refresh', type: 'hard' });
    expect(api.requests).toEqual([
      {
        get: '/api/v1/applications/shop?appNamespace=team%20a&refresh=hard',
      },
    ]);
  });

  // As recorded of a running Argo CD.
  const refused = (code: number, message: string) =>
    answer(code === 7 ? 403 : 400, { error: message, code, message });
  it.each([
    [
      SYNC,
      refused(9, 'another operation is already in progress'),
      'ConflictError',
      /refuses to sync shop: another operation is already in progress/,
    ],
    [
      SYNC,
      refused(
        9,
        'Cannot sync to other-branch: auto-sync currently set to main',
      ),
      'ConflictError',
      /auto-sync currently set to main/,
    ],
    [
      SYNC,
      refused(7, 'permission denied'),
      'NotAllowedError',
      /policy.csv in argocd-rbac-cm.*: p, <account>, applications, sync, \*\/\*, allow/,
    ],
    [
      REFRESH,
      refused(7, 'permission denied'),
      'NotAllowedError',
      /p, <account>, applications, get, \*\/\*, allow/,
    ],
  ])(
    '%j: passes on what Argo CD refuses',
    async (request, first, name, message) => {
      const api = new ScriptedApi();
      api.answers = [first];
      await expect(ask(api, request)).rejects.toMatchObject({
        name,
        message: expect.stringMatching(message),
      });
    },
  );
});
