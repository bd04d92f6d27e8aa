import { useRouteRef } from '@backstage/frontend-plugin-api';
import { ReactNode, useMemo } from 'react';
import { FleetLinksProvider } from './components/common';
import { rootRouteRef, serviceRouteRef } from './routes';

/** Resolves the fleet's pages with the routes of the new frontend system. */
export function RoutedLinks(props: { children: ReactNode }) {
  const root = useRouteRef(rootRouteRef);
  const service = useRouteRef(serviceRouteRef);
  const links = useMemo(
    () => ({
      fleet: root?.(),
      service: (name: string) => service?.({ service: name }),
    }),
    [root, service],
  );
  return (
    <FleetLinksProvider links={links}>{props.children}</FleetLinksProvider>
  );
}
