import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import {
  FieldPath,
  formatFieldPath,
  parseFieldPath,
  valueAt,
} from './fieldPath';
import type { KubernetesVersionFormat } from './kubernetesVersion';
import { PROVISIONERS } from './provisioners';
import type { ClusterBlueprint, PoolLocation, ProvisionerKind } from './types';

/** Where claims of a blueprint, or else all claims of a kind, have their Kubernetes version. */
export function versionLocation(
  kind: ProvisionerKind | undefined,
  blueprint: Pick<ClusterBlueprint, 'kubernetesVersion'> | undefined,
): { path: FieldPath; format: KubernetesVersionFormat } | undefined {
  const location =
    blueprint?.kubernetesVersion ??
    (kind && PROVISIONERS[kind].kubernetesVersion);
  return location && { ...location, path: parseFieldPath(location.path)! };
}

/** A node pool of a claim. */
export interface NodePool {
  name: string;
  path: FieldPath;
  /** Absent where the claim leaves it open. */
  replicas?: number;
  /** Where something else decides the number: what, and where it is said. */
  sizedBy?: string;
}

/** The node pools of a claim. */
export function nodePools(
  claim: KubernetesObject,
  kind: ProvisionerKind | undefined,
  blueprint: Pick<ClusterBlueprint, 'pools'> | undefined,
): NodePool[] {
  const own = blueprint?.pools ?? [];
  const locations =
    own.length > 0 ? own : (kind && PROVISIONERS[kind].pools) ?? [];
  return locations.flatMap(location => poolsAt(location, claim));
}

function poolsAt(location: PoolLocation, claim: KubernetesObject): NodePool[] {
  if ('path' in location) {
    const path = parseFieldPath(location.path)!;
    return [{ name: location.name, path, ...sizeAt(claim, path) }];
  }
  const list = parseFieldPath(location.list)!;
  const items = valueAt(claim, list);
  if (!Array.isArray(items)) return [];
  return items.flatMap((item, index) => {
    const name = valueAt(item, [location.name]);
    const path = [...list, index, location.replicas];
    return typeof name === 'string'
      ? [
          {
            name,
            path,
            ...sizeAt(claim, path),
            ...autoscalerOf(item, [...list, index]),
          },
        ]
      : [];
  });
}

function sizeAt(claim: KubernetesObject, path: FieldPath) {
  const replicas = valueAt(claim, path);
  return typeof replicas === 'number' ? { replicas } : {};
}

/** Source: cluster-autoscaler `cloudprovider/clusterapi/README.md`, "Enabling Autoscaling". */
const AUTOSCALER_ANNOTATION =
  'cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size';

function autoscalerOf(item: unknown, path: FieldPath) {
  const at = ['metadata', 'annotations', AUTOSCALER_ANNOTATION];
  return valueAt(item, at) === undefined
    ? {}
    : {
        sizedBy: `the cluster autoscaler sizes it (${formatFieldPath([
          ...path,
          ...at,
        ])})`,
      };
}
