import {
  FLEET_CLUSTER_ANNOTATION,
  FLEET_SERVICE_ANNOTATION,
} from '@backstage-fleet/plugin-fleet-common';
import {
  ApiBlueprint,
  PageBlueprint,
  PluginHeaderActionBlueprint,
  SubPageBlueprint,
  coreExtensionData,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiStackLine } from '@remixicon/react';
import { FleetClient, fleetApiRef } from './api';
import {
  changeRouteRef,
  changesRouteRef,
  clusterRouteRef,
  clustersRouteRef,
  entityRouteRef,
  hubsRouteRef,
  rootRouteRef,
  serviceRouteRef,
  templateRouteRef,
} from './routes';

const onFleet = {
  [`metadata.annotations.${FLEET_SERVICE_ANNOTATION}`]: { $exists: true },
};

const fleetApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: fleetApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new FleetClient(deps),
    }),
});

// The matrix is the page itself, so that its address stays short and keeps its filters; the other tabs are sub-pages,
// and an app can add its own, rename them or leave them out.
const fleetPage = PageBlueprint.makeWithOverrides({
  factory: (originalFactory, { inputs }) =>
    originalFactory({
      path: '/fleet',
      title: 'Fleet',
      icon: <RiStackLine />,
      routeRef: rootRouteRef,
      noHeader: true,
      loader: async () => {
        const { RoutedFleetPages } = await import('./pages');
        return (
          <RoutedFleetPages
            subPages={inputs.pages.map(page => ({
              path: page.get(coreExtensionData.routePath),
              title: page.get(coreExtensionData.title),
              element: page.get(coreExtensionData.reactElement),
            }))}
          />
        );
      },
    }),
});

const clustersPage = SubPageBlueprint.make({
  name: 'clusters',
  params: {
    path: 'clusters',
    title: 'Clusters',
    routeRef: clustersRouteRef,
    loader: () => import('./pages').then(pages => <pages.RoutedClusters />),
  },
});

const changesPage = SubPageBlueprint.make({
  name: 'changes',
  params: {
    path: 'changes',
    title: 'Changes',
    routeRef: changesRouteRef,
    loader: () => import('./pages').then(pages => <pages.RoutedChanges />),
  },
});

const hubsPage = SubPageBlueprint.make({
  name: 'hubs',
  params: {
    path: 'hubs',
    title: 'Hubs',
    routeRef: hubsRouteRef,
    loader: () => import('./pages').then(pages => <pages.RoutedHubs />),
  },
});

const hubHeaderAction = PluginHeaderActionBlueprint.make({
  name: 'hubs',
  params: defineParams =>
    defineParams({
      loader: () => import('./pages').then(pages => <pages.HubHeaderAction />),
    }),
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/fleet',
    title: 'Fleet',
    group: 'deployment',
    filter: onFleet,
    loader: () =>
      import('./pages').then(pages => <pages.RoutedEntityContent />),
  },
});

const entityCard = EntityCardBlueprint.make({
  params: {
    type: 'info',
    filter: onFleet,
    loader: () => import('./pages').then(pages => <pages.RoutedEntityCard />),
  },
});

const clusterEntityCard = EntityCardBlueprint.make({
  name: 'cluster',
  params: {
    type: 'info',
    filter: {
      kind: 'resource',
      [`metadata.annotations.${FLEET_CLUSTER_ANNOTATION}`]: { $exists: true },
    },
    loader: () =>
      import('./pages').then(pages => <pages.RoutedEntityClusterCard />),
  },
});

/**
 * What runs where on the fleet, why, and how to change it: the fleet page with the services, clusters, changes and hubs,
 * the tab and the card on catalog entities annotated `fleet/service`, and the card on clusters annotated `fleet/cluster`.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'fleet',
  title: 'Fleet',
  icon: <RiStackLine />,
  info: { packageJson: () => import('../package.json') },
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
  extensions: [
    fleetApi,
    fleetPage,
    clustersPage,
    changesPage,
    hubsPage,
    hubHeaderAction,
    entityContent,
    entityCard,
    clusterEntityCard,
  ],
});
