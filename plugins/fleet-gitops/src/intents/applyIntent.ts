import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import { InputError } from '@backstage/errors';
import { layoutOf, serviceRoots } from '../layouts';
import { findCluster, labelCluster } from '../layouts/clusterLabels';
import type { RepositorySnapshot } from '../model/repository';
import type { FileChanges } from '../model/repository';
import { branchName } from './branchName';

/**
 * What an intent makes of a repository.
 *
 * @public
 */
export interface AppliedIntent {
  /** Empty where the repository says it already. */
  changes: FileChanges;
  /** For the commit's first line and the pull request. */
  title: string;
  commitMessage: string;
  /** Derived from the intent alone: the same intent has the same branch. */
  branch: string;
  /** What the intent names. */
  touched: { services: string[]; clusters: string[] };
}

/** @public */
export interface ApplyIntentOptions {
  /** Id of the configured layout; default: the one that the repository's content shows. */
  layout?: string;
}

/**
 * Applies an intent to the files at one commit. Pure: on a new head it is simply run again.
 *
 * @throws `InputError`, `NotFoundError` or `ConflictError` whose message names the field or file and what to do
 * @public
 */
export function applyIntent(
  intent: TypedIntent,
  repository: RepositorySnapshot,
  options: ApplyIntentOptions = {},
): AppliedIntent {
  const branch = branchName(intent);
  if (intent.kind === 'cluster.label') {
    const { cluster: name, labels } = intent.parameters;
    const cluster = findCluster(name, repository);
    const before = repository.files.get(cluster.file)!;
    const after = labelCluster(cluster, labels, before);
    const title = `Label ${name}`;
    const lines = Object.entries(labels).map(([key, value]) =>
      value === null ? `remove ${key}` : `${key}: ${JSON.stringify(value)}`,
    );
    return {
      changes: after === before ? new Map() : new Map([[cluster.file, after]]),
      title,
      commitMessage: message(title, lines),
      branch,
      touched: { services: [], clusters: [name] },
    };
  }

  if (intent.kind !== 'service.onboard')
    throw new InputError(`kind: \`${intent.kind}\` is not known.`);
  const { service, clusters, path, namespace } = intent.parameters;
  const layout = layoutOf(repository, options.layout);
  if (path !== undefined) checkPath(path, repository);
  const edit = layout.onboard(
    { service, clusters, path, namespace },
    repository,
  );
  const title = `Deploy ${service} to ${
    clusters.length === 1 ? clusters[0] : `${clusters.length} clusters`
  }`;
  return {
    changes: edit.changes,
    title,
    commitMessage: message(title, edit.lines),
    branch,
    touched: { services: [service], clusters },
  };
}

function message(title: string, lines: string[]): string {
  return lines.length === 0
    ? title
    : `${title}\n\n${lines.map(line => `- ${line}`).join('\n')}\n`;
}

function checkPath(path: string, repository: RepositorySnapshot): void {
  const roots = serviceRoots(repository);
  if (roots.length > 0 && !roots.some(root => path.startsWith(`${root}/`))) {
    throw new InputError(
      `parameters.path: \`${path}\` is not inside ${roots
        .map(root => `\`${root}/\``)
        .join(' or ')}, where the services of this repository are.`,
    );
  }
  for (const file of repository.files.keys())
    if (file.startsWith(`${path}/`)) return;
  throw new InputError(
    `parameters.path: \`${path}\` does not exist in the repository. Add the service’s chart there first, or name its directory.`,
  );
}
