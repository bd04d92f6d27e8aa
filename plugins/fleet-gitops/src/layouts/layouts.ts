import { ConflictError, InputError } from '@backstage/errors';
import type { RepositorySnapshot } from '../model/repository';
import { appOfAppsLayout } from './appOfApps';
import { clusterGeneratorLayout } from './clusterGenerator';
import { gitGeneratorLayout } from './gitGenerator';
import { layeredValuesLayout } from './layeredValues';
import { listGeneratorLayout } from './listGenerator';
import { matrixMergeLayout } from './matrixMerge';
import { indexRepository } from '../repository/indexRepository';
import type { Layout, LayoutContext, LayoutDetection } from './types';

/** The layouts that are built in. */
const LAYOUTS: Layout[] = [
  clusterGeneratorLayout,
  gitGeneratorLayout,
  listGeneratorLayout,
  appOfAppsLayout,
  layeredValuesLayout,
  matrixMergeLayout,
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
 * The layout that carries a service. A repository may mix layouts: then it is the one whose content names the service.
 *
 * @remarks
 * For a service that is in none of them, the layout of the repository as a whole.
 *
 * @throws as {@link layoutOf}
 * @public
 */
export function layoutOfService(
  repository: RepositorySnapshot,
  service: string,
  configured?: string,
  context?: LayoutContext,
): Layout {
  const detected = configured === undefined ? detectLayouts(repository) : [];
  if (detected.length < 2) return layoutOf(repository, configured);
  const found = detected
    .map(({ layout: id }) => LAYOUTS.find(layout => layout.id === id)!)
    .find(
      layout =>
        layout
          .listServices(repository)
          .some(
            ({ name, applicationSet }) => name === service && applicationSet,
          ) ||
        layout
          .listDeployments(repository, context, service)
          .some(deployment => deployment.service === service),
    );
  return found ?? layoutOf(repository);
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
      : `${repository.url} is not laid out in a way that is known: no ApplicationSet, chart of Applications or Application manifest was recognised. Set \`layout\` for this repository in the configuration.`,
  );
}
