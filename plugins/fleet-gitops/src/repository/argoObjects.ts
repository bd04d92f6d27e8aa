import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { Application, ApplicationSet } from '../model/argocd';
import { clusterOf } from './clusterSecret';
import type { Declared, DeclaredCluster } from './types';

/**
 * The objects among manifests that say what Argo CD does.
 */
export interface ArgoObjects {
  applications: Declared<Application>[];
  applicationSets: Declared<ApplicationSet>[];
  clusters: DeclaredCluster[];
  /** Names of the AppProjects. */
  projects: string[];
}

/** Marks a Secret as a cluster. */
export const CLUSTER_LABEL = 'argocd.argoproj.io/secret-type';

/**
 * Whether a text can declare objects that Argo CD itself acts on. A quick test that may say yes too often.
 */
export function mayDeclareArgoObjects(text: string): boolean {
  return (
    /\bkind"?\s*:\s*["']?(ApplicationSet|AppProject|Application)\b/.test(
      text,
    ) || text.includes(CLUSTER_LABEL)
  );
}

/** Sorts manifests by what they are for Argo CD; all others are left out. */
export function argoObjectsOf(
  objects: readonly Declared<KubernetesObject>[],
): ArgoObjects {
  const found: ArgoObjects = {
    applications: [],
    applicationSets: [],
    clusters: [],
    projects: [],
  };
  for (const declared of objects) {
    const { object, file, document } = declared;
    const { metadata } = object;
    if (typeof metadata.name !== 'string') continue;
    if (
      object.kind === 'Secret' &&
      metadata.labels?.[CLUSTER_LABEL] === 'cluster'
    ) {
      found.clusters.push({ ...clusterOf(object), file, document });
    }
    const hasSpec = object.spec && typeof object.spec === 'object';
    if (object.kind === 'AppProject') found.projects.push(metadata.name);
    if (object.kind === 'ApplicationSet' && hasSpec)
      found.applicationSets.push(declared as Declared<ApplicationSet>);
    // Other APIs have a kind of this name too.
    if (
      object.kind === 'Application' &&
      hasSpec &&
      String(object.apiVersion).startsWith('argoproj.io/')
    )
      found.applications.push(declared as Declared<Application>);
  }
  return found;
}

/** How many there are. */
export function countOf(objects: ArgoObjects): number {
  const { applications, applicationSets, clusters, projects } = objects;
  return [applications, applicationSets, clusters, projects].reduce(
    (sum, { length }) => sum + length,
    0,
  );
}
