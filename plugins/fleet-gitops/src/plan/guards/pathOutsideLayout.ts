import type { Guard } from '@backstage-fleet/plugin-fleet-common';
import { GuardContext, list, stop } from './types';

/**
 * Files that decide what runs in a repository's pipelines and who approves its changes, at the root or where hosts look.
 */
const PROTECTED =
  /^\.(?:github|gitlab|circleci|azure-pipelines|buildkite|tekton|git)(?:\/|$)|^(?:Jenkinsfile|bitbucket-pipelines\.yml|azure-pipelines\.ya?ml|\.gitlab-ci\.yml|\.gitattributes|\.gitmodules)$|(?:^|\/)CODEOWNERS$/i;

/** Whether a path is none inside of a repository. */
function isOutside(path: string): boolean {
  return (
    path === '' ||
    path.startsWith('/') ||
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u001f\\]/.test(path) ||
    path
      .split('/')
      .some(part => part === '' || part === '.' || part === '..') ||
    path.split('/').some(part => part.toLowerCase() === '.git')
  );
}

/**
 * Stops a change of files that are no part of how the repository deploys: pipelines, code owners, directories that the
 * layout does not use.
 *
 * @remarks
 * For a change that no intent asked for, such as a person's pull request, files of the repository are a warning. Without
 * configured roots, the repository's own top directories count as the layout's.
 */
export function pathOutsideLayout(context: GuardContext): Guard[] {
  const { edits, before, namedClusters, options } = context;
  const paths = edits.map(({ path }) => path);
  const escaped = paths.filter(isOutside).map(path => JSON.stringify(path));
  const guarded = paths.filter(
    path => !isOutside(path) && PROTECTED.test(path),
  );
  const { roots } = options;
  const known = roots ?? topDirectories(before.repository.files.keys());
  const elsewhere = paths.filter(
    path =>
      !isOutside(path) && !PROTECTED.test(path) && !isBelow(path, known, roots),
  );
  const level = namedClusters ? 'stop' : 'warn';
  return [
    ...(escaped.length > 0
      ? [
          stop(
            'path-outside-layout',
            `Writes to ${list(escaped)}, which is no path of the repository.`,
          ),
        ]
      : []),
    ...(guarded.length > 0
      ? [
          {
            id: 'path-outside-layout',
            level,
            message: `Changes ${list(
              guarded,
            )}, which decides what the repository’s pipelines do or who approves.`,
          } as const,
        ]
      : []),
    ...(elsewhere.length > 0 && known.length > 0
      ? [
          {
            id: 'path-outside-layout',
            // Without configured roots it is a guess: a first file of its kind may found a directory.
            level: roots ? level : 'warn',
            message: `Changes ${list(
              elsewhere,
            )} outside of the layout’s directories: ${list(known)}.`,
          } as const,
        ]
      : []),
  ];
}

function topDirectories(paths: Iterable<string>): string[] {
  const directories = new Set<string>();
  for (const path of paths) {
    const slash = path.indexOf('/');
    if (slash > 0) directories.add(path.slice(0, slash));
  }
  return [...directories].filter(name => !name.startsWith('.')).sort();
}

/** A file at the repository's root is part of the layout unless roots are configured. */
function isBelow(
  path: string,
  directories: string[],
  roots: string[] | undefined,
): boolean {
  if (!roots && !path.includes('/')) return true;
  return directories.some(directory => {
    const root = directory.replace(/^\.?\/+|\/+$/g, '');
    return root === '' || path === root || path.startsWith(`${root}/`);
  });
}
