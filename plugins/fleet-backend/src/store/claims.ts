import {
  type ClaimPart,
  type ClusterClaim,
  FLEET_BLUEPRINT_ANNOTATION,
  FLEET_CLUSTER_ANNOTATION,
  type KubernetesObject,
  provisioningStatus,
} from '@backstage-fleet/plugin-fleet-common';
import type { FleetStore } from './fleetStore';
import { parseTime } from './time';

const CLUSTER_NAME_LABEL = 'cluster.x-k8s.io/cluster-name';

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
  const ready = store.readyClaims(hub);
  const parts = partsByCluster(store.objects(hub, 'ClaimPart').values());
  return [...store.objects(hub, 'Claim').values()].map(object => {
    const { namespace, name, annotations } = object.metadata;
    const claim = toClaim(hub, object, ready.has(object));
    const own =
      object.kind === 'Cluster' ? parts.get(`${namespace}/${name}`) : undefined;
    return {
      clusterName: annotations?.[FLEET_CLUSTER_ANNOTATION] ?? name,
      claim: own ? { ...claim, parts: own } : claim,
      object,
    };
  });
}

/**
 * Control planes and MachineDeployments by the Cluster that they are of.
 *
 * Source: label `cluster.x-k8s.io/cluster-name` and `MachineDeployment.spec.clusterName` of Cluster API; the counts are
 * `status.readyReplicas` and `status.updatedReplicas` (v1beta1) or `status.upToDateReplicas` (v1beta2).
 */
function partsByCluster(
  objects: Iterable<KubernetesObject>,
): Map<string, ClaimPart[]> {
  const parts = new Map<string, ClaimPart[]>();
  for (const object of objects) {
    const { kind = '', metadata, spec = {}, status = {} } = object;
    const cluster = spec.clusterName ?? metadata.labels?.[CLUSTER_NAME_LABEL];
    if (!cluster) continue;
    const key = `${metadata.namespace}/${cluster}`;
    const known = parts.get(key) ?? [];
    parts.set(key, known);
    known.push({
      kind,
      name: metadata.name,
      role: kind === 'MachineDeployment' ? 'workers' : 'control-plane',
      desired: spec.replicas ?? status.replicas,
      ready: status.readyReplicas ?? 0,
      upToDate: status.upToDateReplicas ?? status.updatedReplicas,
      version: status.version ?? spec.version,
    });
  }
  for (const found of parts.values()) {
    found.sort(
      (a, b) => a.role.localeCompare(b.role) || a.name.localeCompare(b.name),
    );
  }
  return parts;
}

function toClaim(
  hub: string,
  object: KubernetesObject,
  wasReady: boolean,
): ClusterClaim {
  const { apiVersion = '', kind = '', metadata, spec = {} } = object;
  const status = provisioningStatus(object, {
    source: object.provisioningSource,
    wasReady,
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
    version: spec.topology?.version ?? versionIn(spec.parameters ?? spec),
    blueprint: metadata.annotations?.[FLEET_BLUEPRINT_ANNOTATION],
  };
}

/** The version of Kubernetes that the fields of a claim, or of its status, say. */
export function versionIn(fields: Record<string, unknown>): string | undefined {
  for (const field of VERSION_FIELDS) {
    const value = fields[field];
    if (typeof value === 'string' || typeof value === 'number') {
      return String(value);
    }
  }
  return undefined;
}
