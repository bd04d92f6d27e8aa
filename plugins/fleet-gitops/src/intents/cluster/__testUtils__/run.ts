import {
  emptyHub,
  exampleRepository as repository,
} from '../../../claims/__testUtils__/exampleRepository';
import type { RepositorySnapshot } from '../../../model/repository';
import { planChanges } from '../../../plan';
import { applyIntent } from '../../applyIntent';
import { parseIntent } from '../../parseIntent';
import type { ApplyIntentOptions } from '../../types';

const OPTIONS: ApplyIntentOptions = { branch: 'main' };

/** Applies an intent that came from outside. */
export function run(
  kind: string,
  parameters: object,
  files: RepositorySnapshot = repository,
  options: ApplyIntentOptions = {},
) {
  return applyIntent(parseIntent({ kind, parameters }), files, {
    ...OPTIONS,
    ...options,
  });
}

/** The lines that a change takes away and adds, by file. */
export function lineChanges(
  changes: ReadonlyMap<string, string | undefined>,
  files: RepositorySnapshot = repository,
) {
  return Object.fromEntries(
    [...changes].map(([file, text]) => {
      const before = files.files.get(file)?.split('\n') ?? [];
      const after = text?.split('\n') ?? [];
      return [
        file,
        [
          ...before
            .filter(line => !after.includes(line))
            .map(line => `-${line}`),
          ...after
            .filter(line => !before.includes(line))
            .map(line => `+${line}`),
        ].map(line => line.replace(/\s+/g, ' ')),
      ];
    }),
  );
}

/** The error that an action ends with. */
export function failure(action: () => unknown) {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

/** What a change does to Applications. */
export const plan = (
  changes: ReadonlyMap<string, string | undefined>,
  files: RepositorySnapshot = repository,
) => planChanges({ repository: files, changes, hub: emptyHub, branch: 'main' });
