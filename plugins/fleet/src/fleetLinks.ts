import { FleetLinks } from './components/common';

type Route<TParams> = ((params: TParams) => string) | undefined;

/** The template that makes a cluster. */
const CREATE_CLUSTER = {
  namespace: 'default',
  templateName: 'create-cluster',
};

/** `kind:namespace/name` */
const ENTITY_REF = /^([^:/]+):([^:/]+)\/([^:/]+)$/;

/** The fleet's links from its resolved routes; a route is `undefined` where the app does not have the page. */
export function linksOfRoutes(routes: {
  root: (() => string) | undefined;
  service: Route<{ service: string }>;
  clusters: (() => string) | undefined;
  cluster: Route<{ hub: string; cluster: string }>;
  changes: (() => string) | undefined;
  change: Route<{ id: string }>;
  hubs: (() => string) | undefined;
  template: Route<{ namespace: string; templateName: string }>;
  entity: Route<{ kind: string; namespace: string; name: string }>;
}): FleetLinks {
  return {
    fleet: routes.root?.(),
    service: name => routes.service?.({ service: name }),
    clusters: routes.clusters?.(),
    cluster: id => {
      const slash = id.indexOf('/');
      return routes.cluster?.({
        hub: id.slice(0, slash),
        cluster: id.slice(slash + 1),
      });
    },
    changes: routes.changes?.(),
    change: id => routes.change?.({ id }),
    hubs: routes.hubs?.(),
    createCluster: routes.template?.(CREATE_CLUSTER),
    entity: ref => {
      const [, kind, namespace, name] = ENTITY_REF.exec(ref) ?? [];
      return kind && routes.entity?.({ kind, namespace, name });
    },
  };
}
