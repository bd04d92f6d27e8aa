import type { FileEdit } from '@backstage-fleet/plugin-fleet-common';
import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';
import type { RepositorySnapshot } from '../model/repository';
import type { FileChanges } from '../model/repository';

/**
 * The changes of files as unified diffs, sorted by path. A change to what a file already is is none.
 *
 * @param context - how many lines are shown around each change
 * @public
 */
export function fileEdits(
  repository: RepositorySnapshot,
  changes: FileChanges,
  context = 3,
): FileEdit[] {
  return [...changes]
    .filter(([path, text]) => repository.files.get(path) !== text)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, after]) => {
      const before = repository.files.get(path);
      const patch = structuredPatch(
        before === undefined ? '/dev/null' : `a/${path}`,
        after === undefined ? '/dev/null' : `b/${path}`,
        before ?? '',
        after ?? '',
        undefined,
        undefined,
        { context },
      );
      let action: FileEdit['action'] = 'update';
      if (before === undefined) action = 'create';
      else if (after === undefined) action = 'delete';
      return { path, action, diff: formatPatch(patch, FILE_HEADERS_ONLY) };
    });
}
