import { HUB_TOKEN } from '../read/Hubs';

/** The configuration of a portal with the fleet plugin and nothing of its own to load: no catalog, no repositories. */
export function portalConfig(port: number, hubUrls: string[]) {
  const baseUrl = `http://localhost:${port}`;
  return {
    app: { title: 'Benchmark', baseUrl, packages: 'all' },
    organization: { name: 'Benchmark' },
    backend: {
      baseUrl,
      listen: { port, host: '127.0.0.1' },
      csp: {
        'connect-src': ["'self'", 'http:', 'ws:'],
        'upgrade-insecure-requests': false,
      },
      database: { client: 'better-sqlite3', connection: ':memory:' },
    },
    auth: { providers: { guest: {} } },
    permission: { enabled: true },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [],
    },
    fleet: {
      hubs: hubUrls.map((url, index) => ({
        id: `hub-${index}`,
        url,
        token: HUB_TOKEN,
      })),
    },
  };
}
