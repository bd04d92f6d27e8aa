import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { HubObjectKind } from '@backstage-fleet/plugin-fleet-node';
import {
  projectApplication,
  projectApplicationSet,
  projectAppProject,
  projectClusterSecret,
} from './projection';

/** A resource of the hub's API, and what is kept of its objects. */
export interface WatchedResource {
  kind: HubObjectKind;
  /** Path of the API group and version, for example `/apis/argoproj.io/v1alpha1`. */
  groupPath: string;
  plural: string;
  /** As messages and RBAC rules name it. */
  name: string;
  labelSelector?: string;
  /** Name of the only object that is read. */
  only?: string;
  /** Whether its objects are in no namespace. */
  clusterScoped?: boolean;
  /** Cuts an object down to what is kept; `undefined` drops it. */
  project(object: KubernetesObject): KubernetesObject | undefined;
}

const ARGOCD = '/apis/argoproj.io/v1alpha1';

export const APPLICATIONS: WatchedResource = {
  kind: 'Application',
  groupPath: ARGOCD,
  plural: 'applications',
  name: 'applications.argoproj.io',
  project: projectApplication,
};

export const APPLICATION_SETS: WatchedResource = {
  kind: 'ApplicationSet',
  groupPath: ARGOCD,
  plural: 'applicationsets',
  name: 'applicationsets.argoproj.io',
  project: projectApplicationSet,
};

export const APP_PROJECTS: WatchedResource = {
  kind: 'AppProject',
  groupPath: ARGOCD,
  plural: 'appprojects',
  name: 'appprojects.argoproj.io',
  project: projectAppProject,
};

export const CLUSTER_SECRETS: WatchedResource = {
  kind: 'Cluster',
  groupPath: '/api/v1',
  plural: 'secrets',
  name: 'secrets',
  labelSelector: 'argocd.argoproj.io/secret-type=cluster',
  project: projectClusterSecret,
};

/** Path and query of a list or watch. Without a namespace it covers all of them. */
export function resourcePath(
  resource: WatchedResource,
  namespace: string | undefined,
  query: Record<string, string | undefined>,
): string {
  const parameters = new URLSearchParams();
  if (resource.labelSelector) {
    parameters.set('labelSelector', resource.labelSelector);
  }
  // Kubernetes allows a list by a rule with `resourceNames` where it selects this name.
  if (resource.only) {
    parameters.set('fieldSelector', `metadata.name=${resource.only}`);
  }
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(key, value);
  }
  const scope = namespace ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${resource.groupPath}${scope}/${resource.plural}?${parameters}`;
}
