import type {
  KubernetesObject,
  ObjectMeta,
} from '@backstage-fleet/plugin-fleet-common';

/** @public */
export interface ApplicationSet extends KubernetesObject {
  spec: Record<string, any>;
}

/**
 * An Argo CD Application as an ApplicationSet generates it.
 *
 * @public
 */
export interface Application extends KubernetesObject {
  metadata: ObjectMeta;
  spec: {
    project?: string;
    source?: ApplicationSource;
    sources?: ApplicationSource[];
    destination?: { name?: string; server?: string; namespace?: string };
    syncPolicy?: Record<string, any>;
    [field: string]: any;
  };
}

/** @public */
export interface ApplicationSource {
  repoURL?: string;
  path?: string;
  targetRevision?: string;
  chart?: string;
  ref?: string;
  helm?: {
    valueFiles?: string[];
    values?: string;
    valuesObject?: Record<string, any>;
    parameters?: Array<{ name: string; value: string; forceString?: boolean }>;
    releaseName?: string;
    ignoreMissingValueFiles?: boolean;
    [field: string]: any;
  };
  [field: string]: any;
}
