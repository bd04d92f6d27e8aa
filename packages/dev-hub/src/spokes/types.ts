import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';

/** What names a live object. */
export interface ResourceKey {
  group: string;
  version: string;
  kind: string;
  namespace: string;
  name: string;
}

/** What applying an object did, in the words that Argo CD's sync result uses. */
export type ApplyResult = 'created' | 'configured' | 'unchanged';

/** A cluster that Applications are synced to. */
export interface TargetCluster {
  get(key: ResourceKey): KubernetesObject | undefined;
  apply(object: KubernetesObject, namespace: string): ApplyResult;
  remove(key: ResourceKey): void;
  /** Live objects whose tracking annotation names this Application. */
  trackedBy(application: string): KubernetesObject[];
  /** Tells of every object that the cluster changes by itself. */
  onChange?(listener: (object: KubernetesObject) => void): void;
  /** Whether an object is desired as it is live. */
  matches(desired: KubernetesObject, live: KubernetesObject): boolean;
}
