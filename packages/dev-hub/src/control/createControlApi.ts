import express, { type Express, type Request } from 'express';
import {
  isClusterSecret,
  toClusterRecord,
} from '../controllers/clusterSecrets';
import {
  createFaultsHandler as createGitFaultsHandler,
  type Faults as GitFaults,
} from '../github';
import {
  FAULT_KINDS,
  type FaultPlan,
  parseFaultRule,
  parseFaultRules,
} from '../kubernetes';
import { type ObjectStore, secrets } from '../objects';
import type { Clusters } from '../spokes';

/** A hub as the control port sees it. */
export interface ControlledHub {
  name: string;
  kubernetesUrl: string;
  argocdUrl: string;
  store: ObjectStore;
  faults: FaultPlan;
  clusters: Clusters;
}

export const CONTROL_HELP = `Break and mend hubs:

  GET    /__hub                          the hubs, their addresses, faults and clusters
  POST   /__hub/faults                   {"hub": "warehouse", "kind": "down"}
  POST   /__hub/faults                   {"hub": "warehouse", "faults": [{"kind": "403", "resources": ["appprojects"]}]}
  DELETE /__hub/faults?hub=warehouse     the hub is well again
  POST   /__hub/clusters                 {"hub": "hub", "cluster": "spoke-eu-west-1-prod", "reachable": false}
  …      /__git/faults                   faults of the Git host

kind is one of ${FAULT_KINDS.join(', ')}. Without hub, all hubs are meant.
A fault may have verbs (list, watch, get), resources (plural names), times, and milliseconds where it is slow.
`;

/** Breaks and mends what the embedded hub serves. It asks for no credentials, so it is for a port of the machine itself. */
export function createControlApi(options: {
  hubs: ControlledHub[];
  gitFaults: GitFaults;
}): Express {
  const { hubs } = options;
  const app = express();
  app.disable('x-powered-by');

  const meant = (name: unknown): ControlledHub[] => {
    if (name === undefined) return hubs;
    const found = hubs.filter(hub => hub.name === name);
    if (found.length === 0) {
      throw new Error(
        `hub must be one of ${hubs.map(hub => hub.name).join(', ')}`,
      );
    }
    return found;
  };
  const state = () => ({
    hubs: hubs.map(hub => ({
      name: hub.name,
      kubernetesUrl: hub.kubernetesUrl,
      argocdUrl: hub.argocdUrl,
      faults: hub.faults.rules,
      clusters: clustersOf(hub).map(({ name, server }) => ({
        name,
        server,
        reachable: hub.clusters.isReachable(server),
      })),
    })),
  });
  const answer =
    (act: (request: Request) => void): express.RequestHandler =>
    (request, response) => {
      try {
        act(request);
        response.json(state());
      } catch (error) {
        response.status(400).json({ error: (error as Error).message });
      }
    };

  app.get('/', (_request, response) => {
    response.type('text/plain').send(CONTROL_HELP);
  });
  // Whatever the content type: curl sends forms unless it is told otherwise.
  app.use('/__hub', express.json({ type: () => true }));
  app.get(
    '/__hub',
    answer(() => {}),
  );
  app.get(
    '/__hub/faults',
    answer(() => {}),
  );
  app.post(
    '/__hub/faults',
    answer(({ body }) => {
      const { hub, ...fault } = body;
      const rules = fault.faults
        ? parseFaultRules(fault)
        : [parseFaultRule(fault)];
      for (const { faults } of meant(hub)) faults.set(rules);
    }),
  );
  app.delete(
    '/__hub/faults',
    answer(({ query }) => {
      for (const { faults } of meant(query.hub)) faults.set([]);
    }),
  );
  app.post(
    '/__hub/clusters',
    answer(({ body }) => {
      if (typeof body.reachable !== 'boolean') {
        throw new Error('reachable must be true or false');
      }
      for (const hub of meant(body.hub)) {
        const found = clustersOf(hub).filter(
          ({ name }) => name === body.cluster,
        );
        if (found.length === 0) {
          throw new Error(`cluster ${body.cluster} is not on hub ${hub.name}`);
        }
        for (const { server } of found) {
          hub.clusters.setReachable(server, body.reachable);
        }
      }
    }),
  );
  app.use(createGitFaultsHandler(options.gitFaults));
  app.use(
    (
      error: Error,
      _request: Request,
      response: express.Response,
      _next: express.NextFunction,
    ) => {
      response.status(400).json({ error: error.message });
    },
  );
  return app;
}

function clustersOf({ store }: ControlledHub) {
  return store.list(secrets).items.filter(isClusterSecret).map(toClusterRecord);
}
