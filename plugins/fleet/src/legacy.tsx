import {
  createApiFactory,
  createComponentExtension,
  createExternalRouteRef,
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
import { linksOfRoutes } from './fleetLinks';

const rootRouteRef = createRouteRef({ id: 'fleet' });
const serviceRouteRef = createSubRouteRef({
  id: 'fleet:service',
  parent: rootRouteRef,
  path: '/services/:service',
});
const clustersRouteRef = createSubRouteRef({
  id: 'fleet:clusters',
  parent: rootRouteRef,
  path: '/clusters',
});
const clusterRouteRef = createSubRouteRef({
  id: 'fleet:cluster',
  parent: rootRouteRef,
  path: '/clusters/:hub/:cluster',
});
const changesRouteRef = createSubRouteRef({
  id: 'fleet:changes',
  parent: rootRouteRef,
  path: '/changes',
});
const changeRouteRef = createSubRouteRef({
  id: 'fleet:change',
  parent: rootRouteRef,
  path: '/changes/:id',
});
const hubsRouteRef = createSubRouteRef({
  id: 'fleet:hubs',
  parent: rootRouteRef,
  path: '/hubs',
});
const templateRouteRef = createExternalRouteRef({
  id: 'fleet:template',
  params: ['namespace', 'templateName'],
  optional: true,
  defaultTarget: 'scaffolder.selectedTemplate',
});
const entityRouteRef = createExternalRouteRef({
  id: 'fleet:entity',
  params: ['kind', 'namespace', 'name'],
  optional: true,
  defaultTarget: 'catalog.catalogEntity',
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
  routes: {
    root: rootRouteRef,
    service: serviceRouteRef,
    clusters: clustersRouteRef,
    cluster: clusterRouteRef,
    changes: changesRouteRef,
    change: changeRouteRef,
    hubs: hubsRouteRef,
  },
  externalRoutes: { template: templateRouteRef, entity: entityRouteRef },
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
      import('./legacyPages').then(({ LegacyFleetPages }) => () => (
        <LegacyLinks>
          <LegacyFleetPages />
        </LegacyLinks>
      )),
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

/**
 * The summary for the overview of the entity page of a cluster. The fleet page must be mounted too.
 *
 * @public
 */
export const EntityFleetClusterCard = fleetPlugin.provide(
  createComponentExtension({
    name: 'EntityFleetClusterCard',
    component: {
      lazy: () =>
        import('./components/EntityFleet').then(
          ({ EntityFleetClusterCard: Content }) =>
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
  const clusters = useRouteRef(clustersRouteRef);
  const cluster = useRouteRef(clusterRouteRef);
  const changes = useRouteRef(changesRouteRef);
  const change = useRouteRef(changeRouteRef);
  const hubs = useRouteRef(hubsRouteRef);
  const template = useRouteRef(templateRouteRef);
  const entity = useRouteRef(entityRouteRef);
  const links = useMemo(
    () =>
      linksOfRoutes({
        root,
        service,
        clusters,
        cluster,
        changes,
        change,
        hubs,
        template,
        entity,
      }),
    [root, service, clusters, cluster, changes, change, hubs, template, entity],
  );
  return (
    <FleetLinksProvider links={links}>{props.children}</FleetLinksProvider>
  );
}
