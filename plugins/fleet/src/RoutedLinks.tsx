import { useRouteRef } from '@backstage/frontend-plugin-api';
import { ReactNode, useMemo } from 'react';
import { FleetLinksProvider } from './components/common';
import { linksOfRoutes } from './fleetLinks';
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

/** Resolves the fleet's pages with the routes of the new frontend system. */
export function RoutedLinks(props: { children: ReactNode }) {
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
