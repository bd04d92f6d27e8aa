import type { Guard } from '@backstage-fleet/plugin-fleet-common';
import { indexRepository } from '../../repository';
import { GuardContext, stop } from './types';

/** Stops a change that leaves a file unreadable. */
export function unreadable({ before, after }: GuardContext): Guard[] {
  const known = new Set(
    indexRepository(before.repository).problems.map(({ file }) => file),
  );
  return indexRepository(after.repository)
    .problems.filter(({ file }) => !known.has(file))
    .map(({ file, line, message }) =>
      stop(
        'invalid-yaml',
        `${file}:${line} would not be valid YAML: ${message}.`,
      ),
    );
}
