import { ObjectStore, applications, namespaces } from '../objects';
import { adminRules } from './access';
import { createKubernetesApi } from './createKubernetesApi';
import { FaultPlan, type FaultRule } from './faults';
import { createFaultsHandler } from './faultsHandler';
import { send, type Answer } from './testing/client';
import { listen, type Listening } from './testing/listen';
import { completed } from './testing/target';
import { VirtualTime } from './testing/virtualTime';

const LIST = '/apis/argoproj.io/v1alpha1/applications';

describe('faults', () => {
  let store: ObjectStore;
  let faults: FaultPlan;
  let time: VirtualTime;
  let api: Listening;
  let control: Listening;

  function get(path: string, query: Record<string, string> = {}) {
    return send(api.url, {
      method: 'GET',
      path,
      query,
      headers: { Authorization: 'Bearer admin' },
    });
  }

  async function post(body: unknown): Promise<Answer> {
    return completed(
      await send(control.url, {
        method: 'POST',
        path: '/__hub/faults',
        headers: { 'Content-Type': 'application/json' },
        body,
      }),
    );
  }

  function set(...rules: FaultRule[]): Promise<Answer> {
    return post({ faults: rules });
  }

  function change(value: string): void {
    store.mergePatch(
      applications,
      { namespace: 'argocd', name: 'a' },
      { spec: { value } },
    );
  }

  beforeEach(async () => {
    time = new VirtualTime();
    store = new ObjectStore({ clock: time });
    faults = new FaultPlan();
    store.create(namespaces, { metadata: { name: 'argocd' } });
    store.create(applications, {
      metadata: { name: 'a', namespace: 'argocd' },
      spec: { project: 'default', destination: {} },
    });
    api = await listen(
      createKubernetesApi({
        store,
        faults,
        clock: time,
        timers: time,
        tokens: [{ token: 'admin', name: 'admin', rules: adminRules }],
      }),
    );
    const handler = createFaultsHandler(faults);
    control = await listen((message, response) => {
      if (!handler(message, response)) response.writeHead(404).end();
    });
  });

  afterEach(async () => {
    await api.close();
    await control.close();
  });

  it.each([401, 403, 429, 503] as const)('refuses with %s', async code => {
    await set({ kind: 'status', code });
    const answer = await completed(await get(LIST));
    expect(answer.status).toBe(code);
    expect(JSON.parse(answer.text())).toMatchObject({ kind: 'Status', code });
    await set();
    expect((await get(LIST)).status).toBe(200);
  });

  it.each(['down', 'reset'] as const)('breaks connections: %s', async kind => {
    const watch = await get(LIST, { watch: '1' });
    await set({ kind });
    await watch.closed;
    expect(watch.ended()).toBe(false);
    await expect(get(LIST)).rejects.toThrow(/ECONNRESET|socket hang up/);
  });

  it('answers late', async () => {
    await set({ kind: 'slow', milliseconds: 5000, verbs: ['list'] });
    const pending = get(LIST);
    let answered = false;
    pending.then(() => {
      answered = true;
    });
    while (!time.waiting) await new Promise(setImmediate);
    time.advance(4999);
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    time.advance(1);
    expect((await pending).status).toBe(200);
  });

  it('expires versions: 410 on lists, an ERROR event on watches', async () => {
    const open = await get(LIST, { watch: '1' });
    await set({ kind: 'expired', resources: ['applications'] });
    await open.closed;
    const last = JSON.parse(open.lines().at(-1)!);
    expect(last).toMatchObject({ type: 'ERROR', object: { code: 410 } });
    expect((await get(LIST)).status).toBe(410);
    const later = await completed(await get(LIST, { watch: '1' }));
    expect(later.status).toBe(200);
    expect(JSON.parse(later.lines()[0])).toMatchObject({
      type: 'ERROR',
      object: { code: 410, reason: 'Expired' },
    });
    expect((await get('/api/v1/secrets')).status).toBe(200);
  });

  it('falls silent for good on a watch that is open', async () => {
    const silent = await get(LIST, { watch: '1', timeoutSeconds: '10' });
    await set({ kind: 'silent', verbs: ['watch'] });
    change('unseen');
    await set();
    const fresh = await get(LIST, { watch: '1', timeoutSeconds: '10' });
    change('seen');
    time.advance(10_000);
    await fresh.closed;
    expect(
      fresh.lines().map(line => JSON.parse(line).object.spec.value),
    ).toEqual(['unseen', 'seen']);
    expect(silent.lines()).toHaveLength(1);
    expect(silent.ended()).toBe(false);
    silent.abort();
  });

  it('strikes so many requests as it was told', async () => {
    await set({ kind: 'status', code: 503, times: 2 });
    const codes = [];
    for (let turn = 0; turn < 3; turn += 1) {
      codes.push((await get(LIST)).status);
    }
    expect(codes).toEqual([503, 503, 200]);
  });

  it.each(['garbage', 'half-page'] as const)(
    '%s: what comes is no JSON, in lists and in watches that are open',
    async kind => {
      const whole = (await completed(await get(LIST))).text();
      const watch = await get(LIST, { watch: '1' });
      await post({ faults: [{ kind }] });
      const list = await completed(await get(LIST));
      expect(list.status).toBe(200);
      expect(() => JSON.parse(list.text())).toThrow();
      expect(list.text().length).toBeLessThan(whole.length);
      if (kind === 'garbage') watch.abort();
      await watch.closed;
      const last = watch.text().trim().split('\n').pop()!;
      expect(() => JSON.parse(last)).toThrow();
      await set();
      expect((await completed(await get(LIST))).text()).toBe(whole);
    },
  );

  it.each([
    [{}, /"faults" must be a list/],
    [{ faults: [{ kind: 'gone' }] }, /faults\[0\]\.kind must be one of down/],
    [
      { faults: [{ kind: 'slow', milliseconds: -1 }] },
      /faults\[0\]\.milliseconds/,
    ],
    [{ faults: [{ kind: 'status', code: 418 }] }, /faults\[0\]\.code/],
    [{ faults: [{ kind: 'down', verbs: 'list' }] }, /faults\[0\]\.verbs/],
    [{ faults: [{ kind: 'down', times: 0 }] }, /faults\[0\]\.times/],
  ])('refuses rules that make no sense: %j', async (body, message) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text()).error).toMatch(message);
    expect(faults.rules).toEqual([]);
  });
});
