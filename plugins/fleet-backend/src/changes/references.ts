import { ConflictError } from '@backstage/errors';
import type { Commit, TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import type {
  FileChanges,
  MovedRevision,
  ReferenceOperation,
  RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { GitRepository } from '@backstage-fleet/plugin-fleet-node';
import type { RepositoryConfig } from '../git';

/** What a merge of branches or the move of a tag brings. */
export interface ReferenceMove {
  operation: ReferenceOperation;
  /** The branch or tag that gets other content, and what it is at. */
  revision: MovedRevision;
  head: Commit;
  /** The commit that it gets. */
  source: Commit;
  /** Its files that are different afterwards; empty where it has it all. */
  changes: FileChanges;
  /** Why the files afterwards are not known. */
  notEvaluable?: string;
}

/** Whether an intent merges branches or moves a tag, in place of changing files. */
export function movesReference({ kind, parameters }: TypedIntent): boolean {
  return (
    kind === 'service.promote' && (parameters.strategy ?? 'edit') !== 'edit'
  );
}

/** The branch that is written to. */
export function branchOf(
  config: RepositoryConfig,
  move?: ReferenceMove,
): string {
  return move && 'merge' in move.operation
    ? move.operation.merge.into
    : config.branch;
}

/**
 * Reads what an operation on references would bring, without carrying it out.
 *
 * @throws `NotFoundError` for a branch or tag that is not there, `ConflictError` for a tag that would go back
 */
export function readMove(
  repository: GitRepository,
  operation: ReferenceOperation,
): Promise<ReferenceMove> {
  return 'merge' in operation
    ? readMerge(repository, operation)
    : readTagMove(repository, operation);
}

async function readMerge(
  repository: GitRepository,
  operation: Extract<ReferenceOperation, { merge: unknown }>,
): Promise<ReferenceMove> {
  const { from, into } = operation.merge;
  const head = await repository.resolve(into);
  const source = await repository.resolve(from);
  const before = await repository.snapshot(head.sha);
  const after = await repository.snapshot(source.sha);
  const brought = await repository.compare!({
    base: head.sha,
    head: source.sha,
  });
  const own = await repository.compare!({ base: source.sha, head: head.sha });
  const move = {
    operation,
    revision: { name: into, before },
    head,
    source,
    changes: new Map(
      (brought.ahead > 0 ? brought.files ?? [] : []).flatMap(
        (path): Array<[string, string | undefined]> =>
          before.files.get(path) === after.files.get(path)
            ? []
            : [[path, after.files.get(path)]],
      ),
    ),
  };
  const both = (brought.files ?? []).filter(path => own.files?.includes(path));
  if (both.length > 0) {
    return {
      ...move,
      notEvaluable: `${from} and ${into} both changed ${both
        .slice(0, 3)
        .join(', ')}${
        both.length > 3 ? ` and ${both.length - 3} more files` : ''
      }: what the merge makes of them is known afterwards`,
    };
  }
  return brought.files && own.files
    ? move
    : {
        ...move,
        changes: diff(before, after),
        notEvaluable: `${from} and ${into} differ in more files than the Git host lists`,
      };
}

async function readTagMove(
  repository: GitRepository,
  operation: Extract<ReferenceOperation, { moveTag: unknown }>,
): Promise<ReferenceMove> {
  const { tag, to } = operation.moveTag;
  const head = await repository.resolve(tag);
  const source = await repository.resolve(to);
  const { behind } = await repository.compare!({
    base: head.sha,
    head: source.sha,
  });
  if (behind > 0) {
    throw new ConflictError(
      `${to} is not ahead of the tag ${tag}: it lacks ${behind} of its commits. A tag only moves forward; roll back by service.rollback.`,
    );
  }
  const before = await repository.snapshot(head.sha);
  const after = await repository.snapshot(source.sha);
  return {
    operation,
    revision: { name: tag, before },
    head,
    source,
    changes: diff(before, after),
  };
}

function diff(
  { files: before }: RepositorySnapshot,
  { files: after }: RepositorySnapshot,
): FileChanges {
  const changes = new Map<string, string | undefined>();
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    if (before.get(path) !== after.get(path))
      changes.set(path, after.get(path));
  }
  return changes;
}
