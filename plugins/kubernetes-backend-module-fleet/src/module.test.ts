import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { JsonObject } from '@backstage/types';
import { clusterOf } from './__testUtils__/clusterOf';
import kubernetesModuleFleet from './index';

jest.setTimeout(30_000);

const clusters = [
  clusterOf('spoke-prod', { labels: { environment: 'prod' } }),
  clusterOf('spoke-dev', { labels: { environment: 'dev' } }),
  clusterOf('coming', { labels: { environment: 'dev' }, registered: false }),
];

/** The fleet's backend as far as the Kubernetes plugin asks it; label selectors are `environment=…`. */
const fleetPlugin = createBackendPlugin({
  pluginId: 'fleet',
  register(registration) {
    registration.registerInit({
      deps: {
        router: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
      },
      async init({ router, httpAuth }) {
        router.use(async (request, response, next) => {
          try {
            await httpAuth.credentials(request, { allow: ['service'] });
          } catch (error) {
            next(error);
            return;
          }
          const environment = String(request.query.clusterLabels ?? '').split(
            '=',
          )[1];
          response.json(
            request.path === '/hubs'
              ? { items: [{ id: 'hub', url: 'https://hub' }] }
              : {
                  revision: 1,
                  hubs: [],
                  items: clusters.filter(
                    ({ labels }) =>
                      !environment || labels.environment === environment,
                  ),
                },
          );
        });
      },
    });
  },
});

let backend: Awaited<ReturnType<typeof startTestBackend>> | undefined;
afterEach(() => backend?.stop());

/** What the Kubernetes plugin tells its pages of its clusters. */
async function clustersWith(kubernetes: JsonObject) {
  backend = await startTestBackend({
    features: [
      kubernetesPlugin,
      kubernetesModuleFleet,
      fleetPlugin,
      mockServices.rootConfig.factory({
        data: {
          kubernetes: {
            serviceLocatorMethod: { type: 'multiTenant' },
            ...kubernetes,
          },
        },
      }),
    ],
  });
  const address = backend.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const response = await fetch(
    `http://localhost:${port}/api/kubernetes/clusters`,
  );
  return ((await response.json()) as any).items;
}

const fleet = {
  clusters: [
    {
      selector: 'environment=prod',
      authProvider: 'oidc',
      oidcTokenProvider: 'okta',
    },
    { selector: 'environment=dev', authProvider: 'aws' },
  ],
};

it('adds the clusters of the fleet to those of the configuration', async () => {
  const items = await clustersWith({
    fleet,
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: [
          { name: 'mine', url: 'https://mine', authProvider: 'google' },
        ],
      },
    ],
  });
  expect(items.map(({ name }: any) => name)).toEqual([
    'mine',
    'spoke-prod',
    'spoke-dev',
  ]);
  expect(items[1]).toMatchObject({
    authProvider: 'oidc',
    oidcTokenProvider: 'okta',
  });
  expect(items[2]).toMatchObject({ authProvider: 'aws' });
});

it('is enough by itself', async () => {
  const items = await clustersWith({ fleet });
  expect(items.map(({ name }: any) => name)).toEqual([
    'spoke-prod',
    'spoke-dev',
  ]);
});

it('leaves the plugin alone where it is not configured', async () => {
  const items = await clustersWith({
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: [
          { name: 'mine', url: 'https://mine', authProvider: 'google' },
        ],
      },
    ],
  });
  expect(items.map(({ name }: any) => name)).toEqual(['mine']);
});
