import type { PromoteServiceParameters } from '@backstage-fleet/plugin-fleet-common';
import { ConflictError, InputError } from '@backstage/errors';
import { commonRevision } from '../../layouts/applicationSets/evaluations';
import type { LayoutDeployment } from '../../layouts/types';
import type { RepositorySnapshot } from '../../model/repository';
import type {
  ApplyIntentOptions,
  IntentEffect,
  ReferenceOperation,
} from '../types';
import {
  clustersOf,
  deploymentsIn,
  describeTargets,
  ServiceView,
} from './targets';

/**
 * Promotes by what environments follow: the branch of one merged into that of the other, or the tag of the other moved.
 */
export function promoteByReference(
  parameters: PromoteServiceParameters,
  repository: RepositorySnapshot,
  view: ServiceView,
  options: ApplyIntentOptions,
): IntentEffect {
  const { service, from, to, strategy, version } = parameters;
  if (!options.references) {
    throw new InputError(
      `parameters.strategy: \`${strategy}\` works on Git branches and tags, which cannot be changed from here. Use \`edit\`.`,
    );
  }
  if (parameters.waves)
    throw new InputError(
      `parameters.waves: a branch or tag moves for all its clusters at once. Leave the waves out, or use the strategy \`edit\`.`,
    );
  const meant = deploymentsIn(view, service, to);
  const revision = (deployments: LayoutDeployment[], field: string) =>
    followedRevision(deployments, field, service, repository, options);
  const target = revision(meant, 'to');
  const source =
    from === undefined
      ? undefined
      : revision(
          deploymentsIn(view, service, { environments: [from] }),
          'from',
        );
  const reference = operation(strategy!, { source, target, version });
  const others = view.layout
    .listDeployments(repository, view.context)
    .filter(
      ({ revision: followed }) =>
        (followed ?? ownRevision(repository, options)) === target,
    );
  // What follows the same branch gets the same content.
  const clusters = clustersOf([...meant, ...others]);
  const services = [
    ...new Set([service, ...others.map(other => other.service)]),
  ];
  return {
    changes: new Map(),
    reference,
    title: `Promote ${service}${
      version ? ` ${version}` : ''
    } to ${describeTargets(to)}`,
    lines: [
      'merge' in reference
        ? `merge ${reference.merge.from} into ${reference.merge.into}`
        : `move tag ${reference.moveTag.tag} to ${reference.moveTag.to}`,
    ],
    touched: { services, clusters },
  };
}

function operation(
  strategy: string,
  revisions: { source?: string; target: string; version?: string },
): ReferenceOperation {
  const { source, target, version } = revisions;
  if (strategy === 'move-tag') {
    const to = version ?? source!;
    if (to === target)
      throw new ConflictError(
        `parameters.from: both environments follow \`${target}\`. There is nothing to move.`,
      );
    return { moveTag: { tag: target, to } };
  }
  if (source === undefined)
    throw new InputError(
      'parameters.from: is needed to merge its branch. Name the environment to promote from.',
    );
  if (version !== undefined)
    throw new InputError(
      'parameters.version: a merge brings what `from` has. Leave the version out, or use the strategy `edit`.',
    );
  if (source === target)
    throw new ConflictError(
      `parameters.from: both environments follow the branch \`${target}\`. Use the strategy \`edit\`.`,
    );
  return { merge: { from: source, into: target } };
}

function ownRevision(
  repository: RepositorySnapshot,
  { branch }: ApplyIntentOptions,
): string | undefined {
  return branch ?? commonRevision(repository);
}

function followedRevision(
  deployments: LayoutDeployment[],
  field: string,
  service: string,
  repository: RepositorySnapshot,
  options: ApplyIntentOptions,
): string {
  const own = ownRevision(repository, options);
  const found = new Set(deployments.map(({ revision }) => revision ?? own));
  const [only] = found;
  if (found.size === 1 && only !== undefined) return only;
  throw new ConflictError(
    found.size > 1
      ? `parameters.${field}: \`${service}\` follows several branches there: ${[
          ...found,
        ].join(', ')}. Name fewer targets.`
      : `parameters.${field}: the repository does not say which branch \`${service}\` follows there. Use the strategy \`edit\`.`,
  );
}
