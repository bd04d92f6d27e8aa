// Only tests read this file.
/* eslint-disable no-restricted-imports */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Application } from '../../model/argocd';
import type { FileChanges, RepositorySnapshot } from '../../model/repository';
import { evaluateRepository } from '../../repository/evaluateRepository';
import { withChanges } from '../../repository/indexRepository';

const EXAMPLES = join(__dirname, '../../../../../examples');

/** The repository of an example, as its files name it. */
export function exampleRepository(
  example: string,
  name: string,
): RepositorySnapshot {
  const root = join(EXAMPLES, example, 'repository');
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map((entry): [string, string] => {
      const path = join(entry.parentPath, entry.name);
      return [
        relative(root, path).split(sep).join('/'),
        readFileSync(path, 'utf8'),
      ];
    })
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    url: `http://localhost:7101/acme/${name}`,
    sha: '',
    files: new Map(files),
  };
}

/** All Applications that exist for a repository, by name. Fails where anything is not evaluable. */
export function applicationsOf(
  repository: RepositorySnapshot,
): Map<string, Application> {
  const { origins } = evaluateRepository(
    repository,
    { clusters: [], repositories: () => undefined },
    { branch: 'main' },
  );
  return new Map(
    origins.flatMap(({ evaluation, name }) => {
      if (evaluation.status !== 'ok')
        throw new Error(`${name}: ${evaluation.message}`);
      return evaluation.applications.map(
        ({ application }): [string, Application] => [
          application.metadata.name,
          application,
        ],
      );
    }),
  );
}

/** What an edit does to the Applications: `+` created, `-` deleted, `~` changed; with the cluster of each. */
export function effectOf(
  repository: RepositorySnapshot,
  changes: FileChanges,
): string[] {
  const before = applicationsOf(repository);
  const after = applicationsOf(withChanges(repository, changes));
  const line = (sign: string, { metadata, spec }: Application) =>
    `${sign} ${metadata.name} on ${spec.destination?.name}`;
  return [
    ...[...after.values()].flatMap(application => {
      const known = before.get(application.metadata.name);
      if (!known) return line('+', application);
      return JSON.stringify(known) === JSON.stringify(application)
        ? []
        : line('~', application);
    }),
    ...[...before.values()]
      .filter(({ metadata }) => !after.has(metadata.name))
      .map(application => line('-', application)),
  ].sort();
}

/** The lines that an edit takes away (`-`) and adds (`+`), by file. */
export function linesOf(
  repository: RepositorySnapshot,
  changes: FileChanges,
): Record<string, string[]> {
  return Object.fromEntries(
    [...changes].map(([file, text]) => {
      const before = (repository.files.get(file) ?? '').split('\n');
      const after = (text ?? '').split('\n');
      return [file, lineDifferences(before, after)];
    }),
  );
}

/** By the longest common subsequence. */
function lineDifferences(before: string[], after: string[]): string[] {
  const lengths = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i][j] =
        before[i] === after[j]
          ? lengths[i + 1][j + 1] + 1
          : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
  const result: string[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (before[i] === after[j] && i < before.length && j < after.length) {
      i++;
      j++;
    } else if (
      j < after.length &&
      (i === before.length || lengths[i][j + 1] > lengths[i + 1][j])
    ) {
      result.push(`+${after[j++]}`);
    } else {
      result.push(`-${before[i++]}`);
    }
  }
  return result;
}
