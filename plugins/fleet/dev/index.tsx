import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
  identityApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { createDevApp } from '@backstage/frontend-dev-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import fleetPlugin, { fleetApiRef } from '../src';
import { RoutedEntityCard, RoutedEntityContent } from '../src/pages';
import { MemoryFleet } from './MemoryFleet';

// ?down=hub-ap and ?refusing=hub-us show hubs that are not heard, ?theme=dark the dark theme.
const parameters = new URLSearchParams(window.location.search);
const fleet = new MemoryFleet({
  down: parameters.get('down') ?? undefined,
  refusing: parameters.get('refusing') ?? undefined,
});
if (parameters.has('theme')) {
  window.localStorage.setItem('theme', parameters.get('theme')!);
}

const person = {
  type: 'user' as const,
  userEntityRef: 'user:default/ada',
  ownershipEntityRefs: ['user:default/ada', 'group:default/team-payments'],
};

const memory = createFrontendModule({
  pluginId: 'app',
  extensions: [
    ApiBlueprint.make({
      name: 'signals',
      params: define =>
        define({ api: signalApiRef, deps: {}, factory: () => fleet }),
    }),
    ApiBlueprint.make({
      name: 'identity',
      params: define =>
        define({
          api: identityApiRef,
          deps: {},
          factory: () => ({
            getProfileInfo: async () => ({ displayName: 'Ada Okafor' }),
            getBackstageIdentity: async () => person,
            getCredentials: async () => ({}),
            signOut: async () => {},
          }),
        }),
    }),
  ],
});

const entityPage = createFrontendPlugin({
  pluginId: 'entity',
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/entity',
        title: 'Entity',
        loader: async () => (
          <EntityProvider
            entity={{
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: {
                name: 'payments',
                annotations: { 'fleet/service': 'payments' },
              },
            }}
          >
            <div style={{ padding: 24, display: 'grid', gap: 24 }}>
              <div style={{ maxWidth: 420 }}>
                <RoutedEntityCard />
              </div>
              <RoutedEntityContent />
            </div>
          </EntityProvider>
        ),
      },
    }),
  ],
});

createDevApp({
  features: [
    fleetPlugin.withOverrides({
      extensions: [
        fleetPlugin.getExtension('api:fleet').override({
          params: define =>
            define({ api: fleetApiRef, deps: {}, factory: () => fleet }),
        }),
      ],
    }),
    memory,
    entityPage,
  ],
});
