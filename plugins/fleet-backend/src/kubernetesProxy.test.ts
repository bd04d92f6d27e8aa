import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { applications, namespaces, secrets } from '@backstage-fleet/dev-hub';
import { until } from './service/__testUtils__/fleetHarness';
import { TestHub } from './service/__testUtils__/testHub';

jest.setTimeout(120_000);

const application = (name: string, health: string): any => ({
  metadata: {
    name,
    namespace: 'argocd',
    labels: { 'fleet/service': 'cart' },
  },
  spec: { project: 'default', destination: { name: 'spoke' } },
  status: { health: { status: health }, sync: { status: 'Synced' } },
});

describe('a hub of the catalog, through the Kubernetes plugin', () => {
  const hub = new TestHub();
  let portal: ChildProcess;
  let address: string;

  async function get(path: string): Promise<any> {
    const headers = { authorization: 'Bearer mock-user-token' };
    return (await fetch(`${address}${path}`, { headers })).json();
  }

  async function hubOf(id: string) {
    const { items } = await get('/hubs');
    return items.find((item: any) => item.id === id);
  }

  beforeAll(async () => {
    const { store } = hub;
    store.create(namespaces, { metadata: { name: 'argocd' } } as any);
    store.create(secrets, {
      metadata: {
        name: 'spoke',
        namespace: 'argocd',
        labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
      },
      stringData: { name: 'spoke', server: 'https://spoke' },
    } as any);
    store.create(applications, application('cart-spoke', 'Progressing'));
    await hub.listen();
    const { url, token } = hub.connection;
    portal = fork(
      join(__dirname, '__testUtils__', 'kubernetesPortal.ts'),
      [url, token],
      {
        execArgv: [
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      },
    );
    for (;;) {
      const [message] = await once(portal, 'message');
      if (message.error) throw new Error(message.error);
      if (message.port) {
        address = `http://127.0.0.1:${message.port}/api/fleet`;
        return;
      }
    }
  });

  afterAll(async () => {
    portal.disconnect();
    await once(portal, 'exit');
    await hub.kill();
  });

  const status = async (id: string) => (await hubOf(id)).freshness.status;
  const health = async () => {
    const { items } = await get('/services/cart/deployments');
    return items?.[0]?.deployments[0]?.health;
  };

  it('is listed, and its watches bring what changes', async () => {
    await until(async () => (await status('cloud')) === 'live');
    expect(await health()).toBe('Progressing');

    const { lists } = hub;
    expect(lists).toBeGreaterThan(0);
    hub.store.mergePatch(
      applications,
      { namespace: 'argocd', name: 'cart-spoke' },
      { status: { health: { status: 'Healthy' } } },
    );
    await until(async () => (await health()) === 'Healthy');
    // A watch told it.
    expect(hub.lists).toBe(lists);
  });

  it('says that the plugin does not know the cluster', async () => {
    const gone = await until(async () => {
      const found = await hubOf('gone');
      return found.freshness.status === 'unreachable' && found;
    });
    expect(gone.url).toBe('nowhere of the Kubernetes plugin');
    expect(gone.freshness.message).toMatch(
      /^The Kubernetes plugin does not reach the hub: .*'nowhere' not found/,
    );
  });

  it('shows a hub that went away within 45 s, and has all of it within 30 s after it is back', async () => {
    const deployments = async () => {
      const { items } = await get('/services/cart/deployments');
      return items
        .flatMap((item: any) => item.deployments)
        .map((item: any) => `${item.name} ${item.health}`)
        .sort();
    };
    hub.store.create(applications, application('cart-removed', 'Healthy'));
    await until(async () => (await deployments()).length === 2);

    await hub.kill();
    await until(async () => (await status('cloud')) === 'unreachable', 45);
    const namespace = 'argocd';
    hub.store.remove(applications, { namespace, name: 'cart-removed' });
    hub.store.create(applications, application('cart-added', 'Missing'));
    hub.store.mergePatch(
      applications,
      { namespace, name: 'cart-spoke' },
      { status: { health: { status: 'Degraded' } } },
    );

    await hub.listen();
    // The watches go on where they were, so what happened meanwhile follows a moment after they are open.
    const all = ['cart-added Missing', 'cart-spoke Degraded'];
    await until(
      async () =>
        (await status('cloud')) === 'live' &&
        (await deployments()).join() === all.join(),
      30,
    );
    expect(await deployments()).toEqual(all);
  });
});
