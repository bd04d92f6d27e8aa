import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  createSubRouteRef,
  discoveryApiRef,
  fetchApiRef,
  useRouteRef,
} from '@backstage/core-plugin-api';
import { ReactNode, useMemo } from 'react';
import { FleetClient, fleetApiRef } from './api';
import { FleetLinksProvider } from './components/common';

const rootRouteRef = createRouteRef({ id: 'fleet' });
const serviceRouteRef = createSubRouteRef({
  id: 'fleet:service',
  parent: rootRouteRef,
  path: '/services/:service',
});

/**
 * The fleet plugin for apps on the previous frontend system.
 *
 * @public
 */
export const fleetPlugin = createPlugin({
  id: 'fleet',
  apis: [
    createApiFactory({
      api: fleetApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new FleetClient(deps),
    }),
  ],
  routes: { root: rootRouteRef, service: serviceRouteRef },
});

/**
 * The fleet page, to be mounted as `<Route path="/fleet" element={<FleetPage />} />`.
 *
 * @public
 */
export const FleetPage = fleetPlugin.provide(
  createRoutableExtension({
    name: 'FleetPage',
    mountPoint: rootRouteRef,
    component: () =>
      Promise.all([
        import('./components/FleetPage'),
        import('./components/HubStatus'),
        import('@backstage/ui'),
      ]).then(
        ([{ FleetRouter }, { HubHeaderAction }, { PluginHeader }]) =>
          () =>
            (
              <LegacyLinks>
                <PluginHeader
                  title="Fleet"
                  customActions={<HubHeaderAction />}
                />
                <FleetRouter />
              </LegacyLinks>
            ),
      ),
  }),
);

/**
 * The service view for a tab of the entity page. The fleet page must be mounted too.
 *
 * @public
 */
export const EntityFleetContent = fleetPlugin.provide(
  createComponentExtension({
    name: 'EntityFleetContent',
    component: {
      lazy: () =>
        import('./components/EntityFleet').then(
          ({ EntityFleetContent: Content }) =>
            () =>
              (
                <LegacyLinks>
                  <Content />
                </LegacyLinks>
              ),
        ),
    },
  }),
);

/**
 * The summary for the overview of the entity page. The fleet page must be mounted too.
 *
 * @public
 */
export const EntityFleetCard = fleetPlugin.provide(
  createComponentExtension({
    name: 'EntityFleetCard',
    component: {
      lazy: () =>
        import('./components/EntityFleet').then(
          ({ EntityFleetCard: Content }) =>
            () =>
              (
                <LegacyLinks>
                  <Content />
                </LegacyLinks>
              ),
        ),
    },
  }),
);

function LegacyLinks(props: { children: ReactNode }) {
  const root = useRouteRef(rootRouteRef);
  const service = useRouteRef(serviceRouteRef);
  const links = useMemo(
    () => ({
      fleet: root(),
      service: (name: string) => service({ service: name }),
    }),
    [root, service],
  );
  return (
    <FleetLinksProvider links={links}>{props.children}</FleetLinksProvider>
  );
}
