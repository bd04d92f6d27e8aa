import type {
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  type DeploymentAction,
  fleetClusterReadPermission,
  fleetDeploymentReadPermission,
  fleetDeploymentRefreshPermission,
  fleetDeploymentSyncPermission,
  type HubFreshness,
} from '@backstage-fleet/plugin-fleet-common';
import type { Request } from 'express';
import { type Allows, decideEach, notAllowed } from '../permissions';
import {
  type ApplicationRecord,
  type ClusterEntry,
  everyDeployment,
  type FleetStore,
} from '../store';
import { allowedActions } from './allowedActions';
import { clusterScope, deploymentScope } from './scopes';

/** What of the fleet somebody may see. Lists, counts and the matrix are made of it alike. */
export interface Visibility {
  /** Everything: then what changed can be told by itself. */
  everything: boolean;
  /** Who looks, and what the policy lets them see: the same text means the same answer. */
  viewer: string;
  /** The hub itself, one of its clusters, or something that runs there. */
  hub(id: string): boolean;
  /** How far what is known of each visible hub can be trusted; of one hub where its id is given. */
  freshness(hubId?: string): HubFreshness[];
  cluster(cluster: ClusterEntry): boolean;
  deployment(record: ApplicationRecord): boolean;
  /** What they may ask Argo CD to do with a deployment; `undefined` where nothing. */
  actions(record: ApplicationRecord): DeploymentAction[] | undefined;
  /** Any of its deployments is visible, or it has none and its owner's services are. */
  service(name: string): boolean;
}

/** What a route shows: the permission for it is asked for, and where it is denied the route is refused. */
export type Shown = 'clusters' | 'deployments';

/** Finds out what of the fleet may be seen. */
export class Visibilities {
  constructor(
    private readonly options: {
      httpAuth: HttpAuthService;
      permissions: PermissionsService;
      store: FleetStore;
    },
  ) {}

  /**
   * What who sent a request may see.
   *
   * @throws AuthenticationError without credentials, NotAllowedError without the permission
   */
  async ofRequest(
    request: Request<any, any, any, any, any>,
    shown: Shown,
    what: string,
  ): Promise<Visibility> {
    const credentials = await this.options.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    return this.of(credentials, shown, what);
  }

  /** What somebody may see. */
  async of(
    credentials: BackstageCredentials,
    shown: Shown,
    what: string,
  ): Promise<Visibility> {
    const { permissions, store } = this.options;
    const [clusters, deployments, sync, refresh] = await decideEach(
      permissions,
      credentials,
      [
        fleetClusterReadPermission,
        fleetDeploymentReadPermission,
        ...(shown === 'deployments' && store.hubs.some(hub => hub.actions)
          ? [fleetDeploymentSyncPermission, fleetDeploymentRefreshPermission]
          : []),
      ],
    );
    if (shown === 'clusters' && clusters.denied) {
      throw notAllowed(fleetClusterReadPermission, what);
    }
    if (shown === 'deployments' && deployments.denied) {
      throw notAllowed(fleetDeploymentReadPermission, what);
    }
    return visibility(store, credentials, {
      shown,
      clusters,
      deployments,
      actions: { sync, refresh },
    });
  }
}

function visibility(
  store: FleetStore,
  credentials: BackstageCredentials,
  {
    shown,
    clusters,
    deployments,
    actions,
  }: {
    shown: Shown;
    clusters: Allows;
    deployments: Allows;
    actions: Partial<Record<DeploymentAction, Allows>>;
  },
): Visibility {
  const everything = Boolean(
    deployments.unconditional &&
      (shown === 'deployments' || clusters.unconditional),
  );
  const deployment = deployments.unconditional
    ? everyDeployment
    : someDeployments(store, deployments);
  const cluster = (entry: ClusterEntry) =>
    Boolean(
      clusters.unconditional ||
        clusters(clusterScope(entry)) ||
        // Who may see what runs on a cluster may see that there is one.
        (shown === 'deployments' &&
          (deployments.unconditional ||
            store.applicationsOfCluster(entry.id).some(deployment))),
    );
  const hub = (id: string) =>
    everything ||
    Boolean(clusters.unconditional) ||
    clusters(clusterScope({ hub: id })) ||
    store.axes().clusters.some(entry => entry.hub === id && cluster(entry));
  return {
    everything,
    viewer: JSON.stringify([
      credentials.principal,
      clusters.decision,
      deployments.decision,
      actions.sync?.decision,
      actions.refresh?.decision,
    ]),
    deployment,
    actions: allowedActions(store, actions),
    cluster,
    hub,
    freshness: hubId => store.freshness(hubId).filter(({ id }) => hub(id)),
    service: name => {
      if (deployments.unconditional) return true;
      const records = store.applicationsOfService(name);
      if (records.length > 0) return records.some(deployment);
      const owner = store.declaredService(name)?.owner;
      return deployments({
        owners: owner ? [owner] : [],
        environments: [],
        regions: [],
        hubs: [],
      });
    },
  };
}

/** Asks once for each cluster and owner, because rules look at nothing else of a deployment: a fleet has thousands. */
function someDeployments(
  store: FleetStore,
  allows: Allows,
): (record: ApplicationRecord) => boolean {
  const answers = new Map<string, Map<string, boolean>>();
  return record => {
    const owner = store.declaredService(record.service ?? '')?.owner ?? '';
    let ofCluster = answers.get(record.clusterId);
    if (!ofCluster) {
      ofCluster = new Map();
      answers.set(record.clusterId, ofCluster);
    }
    let answer = ofCluster.get(owner);
    if (answer === undefined) {
      answer = allows(deploymentScope(store, record));
      ofCluster.set(owner, answer);
    }
    return answer;
  };
}
