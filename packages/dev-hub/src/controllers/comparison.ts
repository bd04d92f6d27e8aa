import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import {
  type HealthStatus,
  isWorse,
  keyText,
  type ResourceKey,
  resourceHealth,
  resourceKey,
  runningImages,
  type TargetCluster,
  TRACKING_ANNOTATION,
  trackingId,
} from '../spokes';

/** One entry of `status.resources`. */
export interface ResourceStatus {
  group?: string;
  version: string;
  kind: string;
  namespace?: string;
  name: string;
  status: 'Synced' | 'OutOfSync';
  requiresPruning?: boolean;
}

/** What Git wants, set against what a cluster has. */
export interface Comparison {
  sync: 'Synced' | 'OutOfSync';
  health: { status: HealthStatus; message?: string };
  resources: ResourceStatus[];
  images: string[];
  /** What Git wants, with tracking annotation and namespace, in the order of sync. */
  desired: Array<{ key: ResourceKey; object: KubernetesObject }>;
  /** Live objects of this Application that Git no longer has. */
  surplus: ResourceKey[];
}

/** Namespaces first and workloads late, as gitops-engine's `pkg/sync/sync_tasks.go` orders kinds. */
const KIND_ORDER = [
  'Namespace',
  'ResourceQuota',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'CustomResourceDefinition',
  'AppProject',
  'Service',
  'Deployment',
  'StatefulSet',
];

function kindRank(kind: string): number {
  const rank = KIND_ORDER.indexOf(kind);
  return rank < 0 ? KIND_ORDER.length : rank;
}

/** Compares as Argo CD does: tracked by annotation, extra live fields are no difference. */
export function compare(options: {
  application: string;
  namespace: string;
  manifests: KubernetesObject[];
  target: TargetCluster;
}): Comparison {
  const { application, namespace, manifests, target } = options;
  const desired = manifests
    .map(manifest => {
      const key = resourceKey(manifest, namespace);
      return { key, object: track(manifest, application, key) };
    })
    .sort(
      (a, b) =>
        kindRank(a.key.kind) - kindRank(b.key.kind) ||
        a.key.name.localeCompare(b.key.name),
    );
  const wanted = new Set(desired.map(({ key }) => keyText(key)));
  const surplus = target
    .trackedBy(application)
    .map(object => resourceKey(object, namespace))
    .filter(key => !wanted.has(keyText(key)));

  const resources: ResourceStatus[] = [];
  const images = new Set<string>();
  let health: Comparison['health'] = { status: 'Healthy' };
  let missing = 0;
  for (const { key, object } of desired) {
    const live = target.get(key);
    const synced = live !== undefined && target.matches(object, live);
    resources.push(resourceStatus(key, synced ? 'Synced' : 'OutOfSync'));
    if (!live) {
      missing++;
      continue;
    }
    for (const image of runningImages(live)) images.add(image);
    const own = resourceHealth(live);
    if (own && isWorse(own.status, health.status)) {
      health = {
        status: own.status,
        message: `Caused by ${key.group ? `${key.group}/` : ''}${key.kind}:${
          key.namespace
        }/${key.name}`,
      };
    }
  }
  // One missing resource among live ones leaves the health of the others; none at all is Missing.
  if (missing > 0 && missing === desired.length) {
    health = { status: 'Missing' };
  }
  for (const key of surplus) {
    resources.push({
      ...resourceStatus(key, 'OutOfSync'),
      requiresPruning: true,
    });
  }
  const differs = resources.some(({ status }) => status === 'OutOfSync');
  return {
    sync: differs ? 'OutOfSync' : 'Synced',
    health,
    resources,
    images: [...images].sort(),
    desired,
    surplus,
  };
}

function track(
  manifest: KubernetesObject,
  application: string,
  key: ResourceKey,
): KubernetesObject {
  return {
    ...manifest,
    metadata: {
      ...manifest.metadata,
      ...(key.namespace ? { namespace: key.namespace } : {}),
      annotations: {
        ...manifest.metadata.annotations,
        [TRACKING_ANNOTATION]: trackingId(application, key),
      },
    },
  };
}

function resourceStatus(
  key: ResourceKey,
  status: ResourceStatus['status'],
): ResourceStatus {
  return {
    ...(key.group ? { group: key.group } : {}),
    kind: key.kind,
    name: key.name,
    ...(key.namespace ? { namespace: key.namespace } : {}),
    status,
    version: key.version,
  };
}
