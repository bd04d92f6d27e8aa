import { ConflictError, NotFoundError } from '@backstage/errors';
import { suggest } from '../layouts/nearMatches';
import type { RepositorySnapshot } from '../model/repository';
import { BLUEPRINT_KIND, parseBlueprint } from './blueprint';
import { declaredDefinitions, UnreadableFile } from './declaredObjects';
import type { ClusterBlueprint } from './types';

/**
 * The blueprints of a repository, sorted by id, and the files that are meant to be some and are wrong.
 *
 * @public
 */
export function listBlueprints(repository: RepositorySnapshot): {
  blueprints: ClusterBlueprint[];
  problems: UnreadableFile[];
} {
  const { objects, unreadable } = declaredDefinitions(repository);
  const blueprints: ClusterBlueprint[] = [];
  const problems = unreadable.filter(({ file }) =>
    repository.files.get(file)!.includes(BLUEPRINT_KIND),
  );
  for (const { object, file } of objects) {
    if (object.kind !== BLUEPRINT_KIND) continue;
    const parsed = parseBlueprint(object, file);
    if ('problem' in parsed) problems.push({ file, message: parsed.problem });
    else blueprints.push(parsed.blueprint);
  }
  return {
    blueprints: blueprints.sort((one, other) => (one.id < other.id ? -1 : 1)),
    problems,
  };
}

/**
 * The blueprint with an id.
 *
 * @throws `NotFoundError` where there is none, `ConflictError` where there are several or its file is wrong
 * @public
 */
export function findBlueprint(
  id: string,
  repository: RepositorySnapshot,
): ClusterBlueprint {
  const { blueprints, problems } = listBlueprints(repository);
  const found = blueprints.filter(blueprint => blueprint.id === id);
  if (found.length === 1) return found[0];
  if (found.length > 1)
    throw new ConflictError(
      `Blueprint \`${id}\` is declared more than once: ${found
        .map(({ file }) => file)
        .join(', ')}. Keep one of these files.`,
    );
  const broken = problems.find(({ file }) =>
    repository.files.get(file)!.includes(id),
  );
  if (broken)
    throw new ConflictError(
      `${broken.file}: the blueprint cannot be used: ${broken.message}.`,
    );
  throw new NotFoundError(
    `Blueprint \`${id}\` is not in the repository. ${suggest(
      id,
      blueprints.map(blueprint => blueprint.id),
    )}`,
  );
}
