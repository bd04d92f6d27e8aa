import type {
  TypedIntent,
  UncheckedRule,
} from '@backstage-fleet/plugin-fleet-common';
import { InputError } from '@backstage/errors';
import type { FileChanges, RepositorySnapshot } from '../model/repository';
import { branchName } from './branchName';
import { isReservedPath } from './grammar';
import { definitionOf } from './registry';
import type {
  AppliedIntent,
  ApplyIntentOptions,
  IntentDefinition,
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
  const { lines, ...effect } = definition.apply(
    intent.parameters,
    repository,
    options,
  );
  checkPaths(effect.changes);
  const branch = branchName(intent);
  return {
    ...effect,
    commitMessage: message(effect.title, [
      ...lines,
      ...(effect.notChecked ?? []).map(uncheckedLine),
    ]),
    branch: options.stage ? `${branch}-${options.stage.id}` : branch,
  };
}

/** Who may change the repository, and what runs when it changes, is not for intents to say. */
function checkPaths(changes: FileChanges): void {
  for (const file of changes.keys()) {
    if (isReservedPath(file))
      throw new InputError(
        `${file} belongs to the Git host and is not changed from here. Change it by hand.`,
      );
  }
}

/** What a commit says of a rule that nobody evaluated. */
function uncheckedLine({ file, field, rule, reason }: UncheckedRule): string {
  return `${file}: not checked: ${field || 'the object'}: ${rule} (${reason})`;
}

function message(title: string, lines: string[]): string {
  return lines.length === 0
    ? title
    : `${title}\n\n${lines.map(line => `- ${line}`).join('\n')}\n`;
}
