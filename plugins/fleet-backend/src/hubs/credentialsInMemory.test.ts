import { randomBytes } from 'crypto';
import { getHeapSnapshot } from 'v8';
import { ConfigReader } from '@backstage/config';
import { testStore } from '../store/__testUtils__/objects';
import { status } from './__testUtils__/scriptedHub';
import { VirtualClock } from './__testUtils__/virtualClock';
import { createKubernetesHubSourceFactory } from './kubernetesHubSource';
import type { HubResponse, HubTransport } from './transport';

// A snapshot of the whole heap of a test takes seconds.
jest.setTimeout(120_000);

/** Bytes of letters, never a string: nothing of them is in the heap unless somebody put it there. */
const letters = (length: number): Buffer =>
  Buffer.from(randomBytes(length).map(byte => 97 + (byte % 26)));

/** Whether the heap has a string with these bytes, after everything that nobody holds was collected. */
async function heapHas(bytes: Buffer): Promise<boolean> {
  let rest = Buffer.alloc(0);
  let found = false;
  for await (const chunk of getHeapSnapshot()) {
    const text = Buffer.concat([rest, Buffer.from(chunk)]);
    found ||= text.includes(bytes);
    rest = text.subarray(-bytes.length);
  }
  return found;
}

/** A hub whose cluster Secrets have these bytes in their `config`, in a list and in an event. */
class SecretHub implements HubTransport {
  constructor(private readonly secret: Uint8Array) {}

  async get(pathAndQuery: string): Promise<HubResponse> {
    if (!pathAndQuery.includes('/secrets')) return status(404, 'not found');
    const around = (object: object) =>
      JSON.stringify(object)
        .split('SECRET')
        .map(part => Buffer.from(part));
    const secret = (name: string) => ({
      metadata: { name, namespace: 'argocd', resourceVersion: '7' },
      data: {
        name: Buffer.from(name).toString('base64'),
        server: Buffer.from(`https://${name}`).toString('base64'),
        config: 'SECRET',
      },
    });
    const [before, after] = pathAndQuery.includes('watch=true')
      ? around({ type: 'ADDED', object: secret('second') })
      : around({
          metadata: { resourceVersion: '5' },
          items: [secret('first')],
        });
    const bytes = Buffer.concat([before, this.secret, after]);
    const watch = pathAndQuery.includes('watch=true');
    return {
      status: 200,
      body: (async function* chunks() {
        yield bytes.subarray(0, bytes.length / 2);
        yield bytes.subarray(bytes.length / 2);
        if (!watch) return;
        yield Buffer.from('\n');
        await new Promise(() => {});
      })(),
    };
  }

  async close() {}
}

describe('credentials of clusters', () => {
  it('are in no memory that is kept', async () => {
    const secret = letters(40);
    const store = testStore();
    const clock = new VirtualClock();
    const controller = new AbortController();
    void createKubernetesHubSourceFactory({
      clock,
      random: () => 0.5,
      createTransport: () => new SecretHub(secret),
    })
      .create({
        hubId: 'eu',
        config: new ConfigReader({ url: 'https://hub', provisioning: false }),
      })
      .run(store.sink('eu'), controller.signal);
    await clock.advance(0);
    expect(store.clustersOf('eu').registered.map(({ name }) => name)).toEqual([
      'first',
      'second',
    ]);

    expect(await heapHas(secret)).toBe(false);
    // The search does find what is kept.
    const kept = { config: Buffer.from(secret).toString('latin1') };
    expect(await heapHas(secret)).toBe(true);
    expect(kept.config).toHaveLength(40);
    controller.abort();
  });
});
