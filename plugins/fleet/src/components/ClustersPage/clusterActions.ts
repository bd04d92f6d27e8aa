import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { declaredOf } from './clusterPhase';

/** What can be done with a cluster that Git declares; each is an intent of the same name. */
export type ClusterAction =
  | 'upgrade'
  | 'scale'
  | 'label'
  | 'annotate'
  | 'recreate'
  | 'decommission';

/** All actions in the order they are offered. */
export const CLUSTER_ACTIONS: ClusterAction[] = [
  'upgrade',
  'scale',
  'label',
  'annotate',
  'recreate',
  'decommission',
];

/** Whether a change in Git can reach the cluster; it is tried where nobody can say. */
export function isChangeable(cluster: Cluster): boolean {
  return declaredOf(cluster) !== 'pet' && cluster.kind !== 'in-cluster';
}
