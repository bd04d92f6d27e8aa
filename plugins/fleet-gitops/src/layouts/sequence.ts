import type { RepositorySnapshot } from '../model/repository';
import { withChanges } from '../repository/indexRepository';
import type { LayoutEdit } from './types';

/** Edits one after the other, each of the files that the one before left. */
export function inSequence(
  repository: RepositorySnapshot,
  steps: Array<(state: RepositorySnapshot) => LayoutEdit>,
): LayoutEdit {
  const changes = new Map<string, string | undefined>();
  const lines = new Set<string>();
  let state = repository;
  for (const step of steps) {
    const edit = step(state);
    if (edit.changes.size === 0) continue;
    for (const [file, text] of edit.changes) changes.set(file, text);
    for (const line of edit.lines) lines.add(line);
    state = withChanges(repository, changes);
  }
  return { changes, lines: [...lines] };
}
