import type { ApplicationSource } from '@backstage-fleet/plugin-fleet-gitops';
import type { ResourceKey } from '../spokes';

/** What an `operation.sync` of an Application asks for, as far as it is obeyed here. */
export interface SyncOperation {
  revision?: string;
  source?: ApplicationSource;
  prune?: boolean;
  dryRun?: boolean;
  /** Only these, where there are any. */
  resources?: Array<{
    group?: string;
    kind: string;
    name: string;
    namespace?: string;
  }>;
}

/** A sync of all resources that really happens is kept in the history (Argo CD `controller/sync.go`, SyncAppState). */
export function isWholeSync({ dryRun, resources }: SyncOperation): boolean {
  return !dryRun && !resources?.length;
}

/** Which objects an operation is about; an entry without a namespace stands for the object in any. */
export function selection({ resources }: SyncOperation) {
  return (key: ResourceKey) =>
    !resources?.length ||
    resources.some(
      ({ group = '', kind, name, namespace }) =>
        group === key.group &&
        kind === key.kind &&
        name === key.name &&
        (!namespace || namespace === key.namespace),
    );
}
