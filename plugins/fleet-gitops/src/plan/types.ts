import type {
  FileEdit,
  Guard,
  Plan,
} from '@backstage-fleet/plugin-fleet-common';

/**
 * New text of a file; `undefined` deletes it. What an intent yields is a set of these by path.
 *
 * @public
 */
export type FileChanges = ReadonlyMap<string, string | undefined>;

export type { FileEdit, Guard, Plan };
