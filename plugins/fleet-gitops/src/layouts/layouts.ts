import { ConflictError, InputError } from '@backstage/errors';
import type { RepositorySnapshot } from '../model/repository';
import { appOfAppsLayout } from './appOfApps';
import { clusterGeneratorLayout } from './clusterGenerator';
import { listGeneratorLayout } from './listGenerator';
import { indexRepository } from '../repository/indexRepository';
import type { Layout, LayoutDetection } from './types';

/** The layouts that are built in. */
const LAYOUTS: Layout[] = [
  clusterGeneratorLayout,
  listGeneratorLayout,
  appOfAppsLayout,
];

/**
 * What a repository was recognised as, the most certain first.
 *
 * @public
 */
export function detectLayouts(
  repository: RepositorySnapshot,
): LayoutDetection[] {
  return LAYOUTS.flatMap(layout => layout.detect(repository) ?? []).sort(
    (one, other) => other.certainty - one.certainty,
  );
}

/**
 * The layout of a repository: the configured one, else the one its content shows.
 *
 * @throws `InputError` where the configured one does not exist, `ConflictError` where none is recognised
 * @public
 */
export function layoutOf(
  repository: RepositorySnapshot,
  configured?: string,
): Layout {
  if (configured !== undefined) {
    const layout = LAYOUTS.find(({ id }) => id === configured);
    if (layout) return layout;
    throw new InputError(
      `There is no layout \`${configured}\`. Known: ${LAYOUTS.map(
        ({ id }) => `\`${id}\``,
      ).join(', ')}.`,
    );
  }
  const [detection] = detectLayouts(repository);
  const layout = LAYOUTS.find(({ id }) => id === detection?.layout);
  if (layout) return layout;
  const { problems } = indexRepository(repository);
  const [problem] = problems;
  throw new ConflictError(
    problem
      ? `${problem.file}:${problem.line} cannot be read: ${problem.message}. Correct the file; ${repository.url} is not recognised without it.`
      : `${repository.url} has no ApplicationSet that selects clusters by label together with clusters declared in Git. Set \`layout\` for this repository in the configuration.`,
  );
}
