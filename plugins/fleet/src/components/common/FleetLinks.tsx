import { createContext, ReactNode, useContext } from 'react';

/** Where the fleet's own pages are; a path is `undefined` where the app does not have the page. */
export interface FleetLinks {
  fleet: string | undefined;
  service: (name: string) => string | undefined;
  clusters: string | undefined;
  /** By the cluster's id, `hub/name`. */
  cluster: (id: string) => string | undefined;
  changes: string | undefined;
  change: (id: string) => string | undefined;
  hubs: string | undefined;
  /** The form of the template that makes a cluster. */
  createCluster: string | undefined;
  /** The catalog's page of an entity, by its ref. */
  entity: (ref: string) => string | undefined;
}

const nowhere = () => undefined;

const FleetLinksContext = createContext<FleetLinks>({
  fleet: undefined,
  service: nowhere,
  clusters: undefined,
  cluster: nowhere,
  changes: undefined,
  change: nowhere,
  hubs: undefined,
  createCluster: undefined,
  entity: nowhere,
});

/** Tells the components below where the fleet's pages are; the frontend systems resolve routes each in their own way. */
export function FleetLinksProvider(props: {
  links: FleetLinks;
  children: ReactNode;
}) {
  return (
    <FleetLinksContext.Provider value={props.links}>
      {props.children}
    </FleetLinksContext.Provider>
  );
}

/** Where the fleet's own pages are. */
export function useFleetLinks(): FleetLinks {
  return useContext(FleetLinksContext);
}
