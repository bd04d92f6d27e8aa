/*
 * A process of its own with the Kubernetes plugin and this one: the former loads modules in a way that Jest cannot. It is
 * told the hub's address and token as arguments, and tells the port that it listens on.
 */
import type { AddressInfo } from 'node:net';
import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { kubernetesAuthStrategyExtensionPoint } from '@backstage/plugin-kubernetes-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { fleetPlugin } from '../plugin';

const [url, token] = process.argv.slice(2);

/** Signs in as the providers of clouds do: the plugin's backend knows how, and nobody else. */
const cloudSignIn = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'cloud',
  register(registration) {
    registration.registerInit({
      deps: { strategies: kubernetesAuthStrategyExtensionPoint },
      async init({ strategies }) {
        strategies.addAuthStrategy('cloud', {
          getCredential: async () => ({ type: 'bearer token', token }),
          validateCluster: () => [],
          presentAuthMetadata: () => ({}),
        });
      },
    });
  },
});

async function main() {
  const backend = await startTestBackend({
    features: [
      fleetPlugin,
      kubernetesPlugin,
      cloudSignIn,
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Resource',
            metadata: {
              name: 'hub-cloud',
              annotations: {
                'kubernetes.io/api-server': url,
                'kubernetes.io/api-server-certificate-authority': 'none',
                'kubernetes.io/auth-provider': 'cloud',
              },
            },
            spec: { type: 'kubernetes-cluster', owner: 'platform' },
          },
        ],
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({ publish: async () => {} }),
      }),
      mockServices.rootLogger.factory({ level: 'none' as 'error' }),
      mockServices.rootConfig.factory({
        data: {
          kubernetes: {
            serviceLocatorMethod: { type: 'multiTenant' },
            clusterLocatorMethods: [
              { type: 'catalog', dangerouslyAllowClusterUrls: ['127.0.0.1'] },
            ],
          },
          fleet: {
            hubs: [
              { id: 'cloud', kubernetesCluster: 'hub-cloud' },
              { id: 'gone', kubernetesCluster: 'nowhere' },
            ],
          },
        },
      }),
    ],
  });
  process.send!({ port: (backend.server.address() as AddressInfo).port });
}

process.on('disconnect', () => process.exit(0));
main().catch(error => {
  process.send!({ error: String(error.stack) });
});
