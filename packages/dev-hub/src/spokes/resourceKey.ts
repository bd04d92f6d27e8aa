import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { ResourceKey } from './types';

/** The annotation by which Argo CD 3 knows its own: `app:group/kind:namespace/name` (docs/user-guide/resource_tracking.md). */
export const TRACKING_ANNOTATION = 'argocd.argoproj.io/tracking-id';

const CLUSTER_SCOPED = new Set([
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'StorageClass',
  'PriorityClass',
  'CompositeResourceDefinition',
  'Composition',
  'ResourceGraphDefinition',
]);

/** Key of an object; one without a namespace goes to the Application's, unless its kind has none. */
export function resourceKey(
  object: KubernetesObject,
  defaultNamespace: string,
): ResourceKey {
  const [group, version] = (object.apiVersion ?? 'v1').includes('/')
    ? object.apiVersion!.split('/')
    : ['', object.apiVersion ?? 'v1'];
  const kind = object.kind ?? '';
  return {
    group,
    version,
    kind,
    namespace: CLUSTER_SCOPED.has(kind)
      ? ''
      : object.metadata.namespace ?? defaultNamespace,
    name: object.metadata.name,
  };
}

export function keyText(key: ResourceKey): string {
  return `${key.group}/${key.kind}/${key.namespace}/${key.name}`;
}

export function trackingId(application: string, key: ResourceKey): string {
  return `${application}:${key.group}/${key.kind}:${key.namespace}/${key.name}`;
}

/** The Application that an object is tracked by. */
export function trackingApplication(
  object: KubernetesObject,
): string | undefined {
  return object.metadata.annotations?.[TRACKING_ANNOTATION]?.split(':')[0];
}
