import { request } from 'node:https';
import { ObjectStore, applications, namespaces } from '../objects';
import { adminRules, readerRules } from './access';
import { createKubernetesApi } from './createKubernetesApi';
import { send } from './testing/client';
import { listen, type Listening } from './testing/listen';
import type { RecordedRequest } from './testing/recording';
import { completed } from './testing/target';
import { VirtualTime } from './testing/virtualTime';

const APPLICATIONS =
  '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';

describe('createKubernetesApi', () => {
  let store: ObjectStore;
  let time: VirtualTime;
  let server: Listening;

  async function call(
    method: string,
    path: string,
    rest: Partial<RecordedRequest> = {},
  ) {
    const answer = await completed(
      await send(server.url, {
        method,
        path,
        ...rest,
        headers: { Authorization: 'Bearer admin', ...rest.headers },
      }),
    );
    const text = answer.text();
    const body = text.startsWith('{') ? JSON.parse(text.split('\n')[0]) : text;
    return { ...answer, body };
  }

  function createApplication(name: string): void {
    store.create(applications, {
      metadata: { name, namespace: 'argocd' },
      spec: { project: 'default', destination: {} },
    });
  }

  beforeEach(async () => {
    time = new VirtualTime();
    store = new ObjectStore({ clock: time });
    store.create(namespaces, { metadata: { name: 'argocd' } });
    server = await listen(
      createKubernetesApi({
        store,
        clock: time,
        timers: time,
        random: () => 0.5,
        tokens: [
          { token: 'admin', name: 'admin', rules: adminRules },
          { token: 'reader', name: 'reader', rules: readerRules },
        ],
      }),
    );
  });

  afterEach(() => server.close());

  it('pages through many objects, each once and in order', async () => {
    for (let number = 0; number < 1201; number += 1) {
      createApplication(`app-${(number * 7919) % 1201}`);
    }
    const seen: string[] = [];
    const sizes: number[] = [];
    let next: string | undefined;
    do {
      const { body } = await call('GET', APPLICATIONS, {
        query: { limit: '500', ...(next ? { continue: next } : {}) },
      });
      seen.push(...body.items.map((item: any) => item.metadata.name));
      sizes.push(body.items.length);
      next = body.metadata.continue;
      // Objects of other pages come and go meanwhile.
      createApplication(`zz-${sizes.length}`);
      store.remove(applications, {
        namespace: 'argocd',
        name: `app-${sizes.length}`,
      });
    } while (next);
    expect(sizes).toEqual([500, 500, 201]);
    expect(new Set(seen).size).toBe(1201);
    expect(seen).toEqual([...seen].sort());
  });

  it('resumes a watch from where another ended', async () => {
    createApplication('a');
    const first = await call('GET', APPLICATIONS);
    createApplication('b');
    const pending = call('GET', APPLICATIONS, {
      query: {
        watch: '1',
        timeoutSeconds: '10',
        resourceVersion: first.body.metadata.resourceVersion,
      },
    });
    while (!time.waiting) await new Promise(setImmediate);
    createApplication('c');
    time.advance(10_000);
    const watch = await pending;
    expect(
      watch.lines().map(line => JSON.parse(line).object.metadata.name),
    ).toEqual(['b', 'c']);
    expect(watch.ended()).toBe(true);
  });

  it('ends a watch without a timeout after the time that the server chooses', async () => {
    const watch = await send(server.url, {
      method: 'GET',
      path: APPLICATIONS,
      query: { watch: '1' },
      headers: { Authorization: 'Bearer admin' },
    });
    time.advance(2_699_000);
    expect(time.waiting).toBe(true);
    time.advance(1000);
    await watch.closed;
    expect(watch.ended()).toBe(true);
    expect(time.waiting).toBe(false);
  });

  it('stops watching when the client goes away', async () => {
    const watch = await send(server.url, {
      method: 'GET',
      path: APPLICATIONS,
      query: { watch: '1', allowWatchBookmarks: 'true' },
      headers: { Authorization: 'Bearer admin' },
    });
    expect(time.waiting).toBe(true);
    watch.abort();
    while (time.waiting) await new Promise(setImmediate);
    expect(time.waiting).toBe(false);
  });

  it.each([
    ['/apis/nope.example.com/v1', 404],
    ['/apis/argoproj.io/v9', 404],
    ['/apis/argoproj.io/v9/applications', 404],
    ['/openapi/v3', 404],
    ['/apis/argoproj.io/v1alpha1', 200],
  ])('answers discovery of %s with %s', async (path, status) => {
    expect((await call('GET', path)).status).toBe(status);
  });

  it.each([
    ['GET', APPLICATIONS, 200],
    ['GET', '/api/v1/secrets', 200],
    ['GET', `${APPLICATIONS}/a`, 200],
    ['POST', APPLICATIONS, 403],
    ['PATCH', `${APPLICATIONS}/a`, 403],
    ['DELETE', `${APPLICATIONS}/a`, 403],
    ['DELETE', APPLICATIONS, 403],
  ])('lets a reader %s %s: %s', async (method, path, status) => {
    createApplication('a');
    const { body, ...answer } = await call(method, path, {
      headers: { Authorization: 'Bearer reader' },
    });
    expect(answer.status).toBe(status);
    expect(/is forbidden: User "reader" cannot /.test(body.message)).toBe(
      status === 403,
    );
    expect(store.list(applications).items).toHaveLength(1);
  });

  it.each([
    ['/api/v1/namespaces/%zz', 400],
    ['//api/v1/namespaces?limit=1', 307],
  ])('answers %s with %s', async (path, status) => {
    expect((await call('GET', path)).status).toBe(status);
  });

  it('refuses bodies over 3 MiB', async () => {
    const { body, ...answer } = await call('POST', APPLICATIONS, {
      headers: { 'Content-Type': 'application/json' },
      body: `{"x": "${'x'.repeat(3 * 1024 * 1024)}"}`,
    });
    expect(answer.status).toBe(413);
    expect(body.message).toBe('Request entity too large: limit is 3145728');
  });

  it('speaks HTTPS on the same port', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(
        {
          host: 'localhost',
          port: server.port,
          path: '/version',
          ca: server.certificate,
          family: 4,
          agent: false,
          headers: { Authorization: 'Bearer reader' },
        },
        response => {
          response.resume();
          resolve(response.statusCode);
        },
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
    expect((await call('GET', '/version')).status).toBe(200);
  });
});
