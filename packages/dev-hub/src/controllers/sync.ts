import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { ApplyResult, ResourceKey, TargetCluster } from '../spokes';
import type { SyncedResource } from './applicationStatus';
import type { Comparison } from './comparison';
import { selection, type SyncOperation } from './syncOperation';

/** Applies what Git wants, prunes what it no longer has, and tells of each object what became of it. */
export function applySync(options: {
  comparison: Comparison;
  target: TargetCluster;
  namespace: string;
  operation: SyncOperation;
}): { resources: SyncedResource[]; failure?: string } {
  const { comparison, target, namespace } = options;
  const { prune, dryRun } = options.operation;
  const resources: SyncedResource[] = [];
  const failures: string[] = [];
  const chosen = selection(options.operation);
  for (const { key, object } of comparison.desired) {
    if (!chosen(key)) continue;
    try {
      const result = dryRun
        ? `${outcome(target, key, object)} (dry run)`
        : target.apply(object, namespace);
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
    if (!chosen(key)) continue;
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
    if (!dryRun) target.remove(key);
    const message = dryRun ? 'pruned (dry run)' : 'pruned';
    resources.push(entry(key, undefined, 'Pruned', 'Succeeded', message));
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

/** What applying would do. */
function outcome(
  target: TargetCluster,
  key: ResourceKey,
  object: KubernetesObject,
): ApplyResult {
  const live = target.get(key);
  if (!live) return 'created';
  return target.matches(object, live) ? 'unchanged' : 'configured';
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
