import { FLEET_SERVICE_ANNOTATION } from '@backstage-fleet/plugin-fleet-common';
import {
  ApiBlueprint,
  PageBlueprint,
  PluginHeaderActionBlueprint,
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
import { rootRouteRef, serviceRouteRef } from './routes';

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

const fleetPage = PageBlueprint.make({
  params: {
    path: '/fleet',
    title: 'Fleet',
    icon: <RiStackLine />,
    routeRef: rootRouteRef,
    loader: () => import('./pages').then(pages => <pages.RoutedFleetPages />),
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

/**
 * What runs where on the fleet, why, and how to change it: the fleet page, the page of a service, and the tab and the
 * card on catalog entities annotated `fleet/service`.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'fleet',
  title: 'Fleet',
  icon: <RiStackLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, service: serviceRouteRef },
  extensions: [fleetApi, fleetPage, hubHeaderAction, entityContent, entityCard],
});
