import {
  type ClusterClaim,
  FLEET_BLUEPRINT_ANNOTATION,
  FLEET_CLUSTER_ANNOTATION,
  type KubernetesObject,
  provisioningStatus,
} from '@backstage-fleet/plugin-fleet-common';
import type { FleetStore } from './fleetStore';
import { parseTime } from './time';

/** Where the version of Kubernetes stands in claims of the kinds that platform teams define. */
const VERSION_FIELDS = ['kubernetesVersion', 'k8sVersion', 'version'];

/** A claim, with the name by which Argo CD knows its cluster. */
export interface FoundClaim {
  clusterName: string;
  claim: ClusterClaim;
  object: KubernetesObject;
}

/** What the clusters of a hub are made from, as far as objects on the hub say it. */
export function claimsOfHub(store: FleetStore, hub: string): FoundClaim[] {
  return [...store.objects(hub, 'Claim').values()].map(object => ({
    clusterName:
      object.metadata.annotations?.[FLEET_CLUSTER_ANNOTATION] ??
      object.metadata.name,
    claim: toClaim(hub, object),
    object,
  }));
}

function toClaim(hub: string, object: KubernetesObject): ClusterClaim {
  const { apiVersion = '', kind = '', metadata, spec = {} } = object;
  const status = provisioningStatus(object, {
    source: object.provisioningSource,
  });
  return {
    hub,
    apiVersion,
    kind,
    namespace: metadata.namespace,
    name: metadata.name,
    state: status.state,
    reason: status.reason,
    sentence: status.sentence,
    since: parseTime(status.since),
    progress: status.progress,
    version: spec.topology?.version ?? versionOf(spec.parameters ?? spec),
    blueprint: metadata.annotations?.[FLEET_BLUEPRINT_ANNOTATION],
  };
}

function versionOf(fields: Record<string, unknown>): string | undefined {
  for (const field of VERSION_FIELDS) {
    const value = fields[field];
    if (typeof value === 'string' || typeof value === 'number') {
      return String(value);
    }
  }
  return undefined;
}
