import {
  Change,
  Cluster,
  Deployment,
  FoundDeployment,
  PlannedApplication,
} from '@backstage-fleet/plugin-fleet-common';
import { useClusters, useFoundDeployments } from '../../live';
import { hasEnded, serviceOfChange } from './changeLooks';
import { plansOf } from './changePlaces';

/** What the hubs say of the things that a change is about. */
export interface Followed {
  /** The Application that a plan names; `undefined` where no hub shows it. */
  deploymentOf(application: PlannedApplication): Deployment | undefined;
  /** Whether anything is known yet. */
  known: boolean;
  /** Whether every hub is live, so that what is absent is really absent. */
  live: boolean;
  /** The cluster that is being made. */
  cluster?: Cluster;
}

/** Asks for the Applications and the cluster of a change while it is under way. */
export function useFollowed(change: Change | undefined): Followed {
  const service = change && serviceOfChange(change);
  const { cluster } = change?.intent.parameters ?? {};
  const name = typeof cluster === 'string' ? cluster : undefined;
  const wanted = change && touchesApplications(change) && !isOver(change);
  const found = useFoundDeployments(
    wanted ? filterOf(service, name) : undefined,
  );
  const making =
    change?.intent.kind === 'cluster.create' && !hasEnded(change) && name;
  const clusters = useClusters(making ? { text: name } : undefined);
  const deployments = new Map(
    found.value?.items.map(item => [keyOf(item), item.deployment]),
  );
  return {
    known: found.value !== undefined,
    live:
      found.error === undefined &&
      (found.value?.hubs ?? []).every(hub => hub.status === 'live'),
    deploymentOf: ({ namespace, name: application, cluster: on }) =>
      deployments.get(`${on} ${namespace}/${application}`),
    cluster: clusters.value?.items.find(item => item.name === name),
  };
}

function touchesApplications(change: Change): boolean {
  return plansOf(change).some(plan => plan.applications.length > 0);
}

/** A failed change is still looked at: what is not healthy says why. */
function isOver(change: Change): boolean {
  return hasEnded(change) && change.state !== 'failed';
}

function filterOf(service: string | undefined, cluster: string | undefined) {
  if (service) {
    return { service };
  }
  return cluster ? { text: cluster } : {};
}

function keyOf({ cluster, deployment }: FoundDeployment): string {
  return `${cluster.name} ${deployment.namespace}/${deployment.name}`;
}
