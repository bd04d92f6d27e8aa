import { createContext, ReactNode, useContext } from 'react';

/** Where the fleet's own pages are; a path is `undefined` where the app does not have the page. */
export interface FleetLinks {
  fleet: string | undefined;
  service: (name: string) => string | undefined;
}

const FleetLinksContext = createContext<FleetLinks>({
  fleet: undefined,
  service: () => undefined,
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
