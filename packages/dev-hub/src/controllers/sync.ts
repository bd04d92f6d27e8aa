import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { ResourceKey, TargetCluster } from '../spokes';
import type { SyncedResource } from './applicationStatus';
import type { Comparison } from './comparison';

/** Applies what Git wants, prunes what it no longer has, and tells of each object what became of it. */
export function applySync(options: {
  comparison: Comparison;
  target: TargetCluster;
  namespace: string;
  prune: boolean;
}): { resources: SyncedResource[]; failure?: string } {
  const { comparison, target, namespace, prune } = options;
  const resources: SyncedResource[] = [];
  const failures: string[] = [];
  for (const { key, object } of comparison.desired) {
    try {
      const result = target.apply(object, namespace);
      resources.push(
        entry(key, object, 'Synced', 'Running', `${plain(key)} ${result}`),
      );
    } catch (error) {
      const { message } = error as Error;
      failures.push(message);
      resources.push(entry(key, object, 'SyncFailed', 'Failed', message));
    }
  }
  for (const key of comparison.surplus) {
    if (!prune) {
      resources.push(
        entry(
          key,
          undefined,
          'PruneSkipped',
          'Succeeded',
          'ignored (requires pruning)',
        ),
      );
      continue;
    }
    target.remove(key);
    resources.push(entry(key, undefined, 'Pruned', 'Succeeded', 'pruned'));
  }
  return failures.length > 0
    ? {
        resources,
        failure: `one or more objects failed to apply, reason: ${failures.join(
          ',',
        )}`,
      }
    : { resources };
}

function entry(
  key: ResourceKey,
  object: KubernetesObject | undefined,
  status: string,
  hookPhase: string,
  message: string,
): SyncedResource {
  const images: string[] = (object?.spec?.template?.spec?.containers ?? []).map(
    (container: { image: string }) => container.image,
  );
  return {
    group: key.group,
    hookPhase,
    ...(images.length > 0 ? { images } : {}),
    kind: key.kind,
    message,
    name: key.name,
    namespace: key.namespace,
    status,
    syncPhase: 'Sync',
    version: key.version,
  };
}

/** `deployment.apps/shop`, as kubectl names objects. */
function plain(key: ResourceKey): string {
  const kind = key.kind.toLowerCase();
  return `${key.group ? `${kind}.${key.group}` : kind}/${key.name}`;
}
