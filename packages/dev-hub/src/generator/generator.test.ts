import { adminRules } from '../kubernetes';
import { listen, type Listening } from '../kubernetes/testing/listen';
import { createGeneratedHub, type GeneratedHub } from './createGeneratedHub';

const SIZE = { applications: 25, clusters: 5, bytes: 25_000, seed: 7 };
const PATH = '/apis/argoproj.io/v1alpha1/applications';

describe('a generated hub', () => {
  let hub: GeneratedHub;
  let server: Listening;

  beforeEach(async () => {
    hub = createGeneratedHub(SIZE, [
      { token: 'admin', name: 'admin', rules: adminRules },
    ]);
    server = await listen(hub.handler);
  });

  afterEach(() => server.close());

  const get = (path: string) =>
    fetch(server.url + path, { headers: { Authorization: 'Bearer admin' } });
  const list = async (query: string) =>
    (await (await get(`${PATH}?${query}`)).json()) as any;

  it('lists Applications of the size asked for, in pages of one version', async () => {
    const first = await list('limit=10');
    hub.fleet.change(100);
    const second = await list(`limit=10&continue=${first.metadata.continue}`);
    const third = await list(`limit=10&continue=${second.metadata.continue}`);
    const items = [...first.items, ...second.items, ...third.items];
    expect(third.metadata.continue).toBe('');
    expect(first.metadata.remainingItemCount).toBe(15);
    expect(new Set(items.map(item => item.metadata.name)).size).toBe(25);
    expect(
      [...items].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
    ).toEqual(items);
    for (const item of items) {
      expect(item.metadata.resourceVersion).toBe(
        first.metadata.resourceVersion,
      );
      expect(JSON.stringify(item).length).toBeGreaterThan(24_000);
      expect(JSON.stringify(item).length).toBeLessThan(27_000);
    }
  });

  it('ends where it is the same for list and watch', async () => {
    const { items, metadata } = await list('');
    const response = await get(
      `${PATH}?watch=1&resourceVersion=${metadata.resourceVersion}`,
    );
    hub.fleet.change(60);
    const seen = new Map(items.map((item: any) => [item.metadata.name, item]));
    let text = '';
    let events = 0;
    const decoder = new TextDecoder();
    for await (const chunk of response.body as any) {
      const lines = (text + decoder.decode(chunk, { stream: true })).split(
        '\n',
      );
      text = lines.pop()!;
      for (const line of lines) {
        const { object } = JSON.parse(line);
        seen.set(object.metadata.name, object);
        events += 1;
      }
      if (events === 60) break;
    }
    const { items: now } = await list('');
    expect([...seen.values()]).toEqual(now);
    expect(now).not.toEqual(items);
  });

  it('is the same again from the same seed, and another from another', () => {
    const again = createGeneratedHub(SIZE, []).fleet;
    const other = createGeneratedHub({ ...SIZE, seed: 8 }, []).fleet;
    for (const fleet of [hub.fleet, again, other]) fleet.change(30);
    const text = (fleet: typeof again) =>
      Array.from({ length: 25 }, (_, index) =>
        fleet.text(index, fleet.stateAt(index, fleet.resourceVersion)),
      );
    expect(text(again)).toEqual(text(hub.fleet));
    expect(text(other)).not.toEqual(text(hub.fleet));
  });

  it('serves clusters and refuses strangers', async () => {
    const { items } = (await (
      await get('/api/v1/namespaces/argocd/secrets')
    ).json()) as any;
    expect(items).toHaveLength(5);
    expect((await fetch(server.url + PATH)).status).toBe(403);
    hub.faults.set([{ kind: 'status', code: 401 }]);
    expect((await get(PATH)).status).toBe(401);
  });
});
