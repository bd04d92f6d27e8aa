import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import { InputError } from '@backstage/errors';
import type { RepositorySnapshot } from '../model/repository';
import { branchName } from './branchName';
import { isReservedPath } from './grammar';
import { definitionOf } from './registry';
import type {
  AppliedIntent,
  AppliedPart,
  ApplyIntentOptions,
  IntentDefinition,
  IntentEffect,
} from './types';

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
  const definition = definitionOf(intent.kind) as
    | IntentDefinition<any>
    | undefined;
  if (!definition)
    throw new InputError(`kind: \`${intent.kind}\` is not known.`);
  const { following, ...effect } = definition.apply(
    intent.parameters,
    repository,
    options,
  );
  const branch = branchName(intent);
  const first = complete(effect, branch);
  if (!following) return first;
  return {
    ...first,
    following: following.map((part, index) =>
      complete(part, `${branch}-${index + 2}`),
    ),
  };
}

function complete(
  effect: Omit<IntentEffect, 'following'>,
  branch: string,
): AppliedPart {
  const { lines, ...part } = effect;
  for (const file of part.changes.keys()) {
    if (isReservedPath(file))
      throw new InputError(
        `${file} belongs to the Git host and is not changed from here. Change it by hand.`,
      );
  }
  return { ...part, commitMessage: message(part.title, lines), branch };
}

function message(title: string, lines: string[]): string {
  return lines.length === 0
    ? title
    : `${title}\n\n${lines.map(line => `- ${line}`).join('\n')}\n`;
}
