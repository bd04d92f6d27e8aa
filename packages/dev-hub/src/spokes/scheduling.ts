import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { parseQuantity } from './quantity';

/** What the largest node of a spoke offers to one pod. */
export interface NodeCapacity {
  cpu: number;
  /** Bytes. */
  memory: number;
}

export const DEFAULT_NODE: NodeCapacity = { cpu: 16, memory: 64 * 2 ** 30 };

/** Why no node takes a pod of this workload, in the scheduler's words; `undefined` where one does. */
export function unschedulable(
  workload: KubernetesObject,
  node: NodeCapacity,
): string | undefined {
  const containers: any[] = workload.spec?.template?.spec?.containers ?? [];
  const requested = (resource: 'cpu' | 'memory') =>
    containers.reduce(
      (sum, container) =>
        sum + (parseQuantity(container.resources?.requests?.[resource]) ?? 0),
      0,
    );
  for (const resource of ['cpu', 'memory'] as const) {
    if (requested(resource) > node[resource]) {
      return `0/3 nodes are available: 3 Insufficient ${resource}.`;
    }
  }
  return undefined;
}
