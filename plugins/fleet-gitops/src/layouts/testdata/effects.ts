import { evaluateRepository, withChanges } from '../../repository';
import type { Application } from '../../model/argocd';
import type { ClusterRecord } from '../../model/fleetSnapshot';
import type { RepositorySnapshot } from '../../model/repository';
import { readApplicationVersion } from '../../sources';
import { commonRevision } from '../applicationSets/evaluations';
import type { LayoutEdit } from '../types';

/** What an edit does to the Applications of a repository, and to its files. */
export interface Effects {
  /** `name version`, sorted. */
  created: string[];
  /** `name old → new` for versions, the name alone for any other difference. */
  changed: string[];
  /** Names. */
  deleted: string[];
  /** Files that are changed, created or deleted. */
  files: string[];
}

function applicationsOf(
  repository: RepositorySnapshot,
  clusters: ClusterRecord[],
  previous?: RepositorySnapshot,
) {
  const { origins, hub } = evaluateRepository(
    repository,
    { clusters, repositories: () => undefined },
    { branch: commonRevision(repository), previous },
  );
  const applications = new Map<
    string,
    { object: Application; version: string }
  >();
  for (const { evaluation, name } of origins) {
    if (evaluation.status !== 'ok')
      throw new Error(`${name}: ${evaluation.message}`);
    for (const { application } of evaluation.applications) {
      const version =
        readApplicationVersion(application, hub.repositories)?.text ?? '';
      applications.set(application.metadata.name, {
        object: application,
        version,
      });
    }
  }
  return applications;
}

/** Evaluates a repository before and after an edit. */
export function effectsOf(
  { changes }: Pick<LayoutEdit, 'changes'>,
  repository: RepositorySnapshot,
  clusters: ClusterRecord[] = [],
): Effects {
  const before = applicationsOf(repository, clusters);
  const after = applicationsOf(
    withChanges(repository, changes),
    clusters,
    repository,
  );
  const changed: string[] = [];
  for (const [name, { object, version }] of before) {
    const now = after.get(name);
    if (!now) continue;
    if (now.version !== version)
      changed.push(`${name} ${version} → ${now.version}`);
    else if (JSON.stringify(now.object) !== JSON.stringify(object))
      changed.push(name);
  }
  return {
    created: [...after]
      .filter(([name]) => !before.has(name))
      .map(([name, { version }]) => `${name} ${version}`)
      .sort(),
    changed: changed.sort(),
    deleted: [...before.keys()].filter(name => !after.has(name)).sort(),
    files: [...changes.keys()].sort(),
  };
}
