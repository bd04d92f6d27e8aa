import { runGit } from './process';

/** @public */
export type MergeResult =
  | { tree: string; conflicts?: undefined }
  | { tree?: undefined; conflicts: string[] };

/** The best common ancestor of two commits, or `undefined` where their histories are unrelated. */
export async function findMergeBase(
  directory: string,
  left: string,
  right: string,
): Promise<string | undefined> {
  const { stdout } = await runGit(directory, ['merge-base', left, right], {
    accept: [1],
  });
  return stdout.toString().trim() || undefined;
}

/** Whether the first commit is the second one or one of its ancestors. */
export async function isAncestor(
  directory: string,
  ancestor: string,
  descendant: string,
): Promise<boolean> {
  if (ancestor === descendant) {
    return true;
  }
  const { exitCode } = await runGit(
    directory,
    ['merge-base', '--is-ancestor', ancestor, descendant],
    { accept: [1] },
  );
  return exitCode === 0;
}

/** Merges two commits without touching a branch: the resulting tree, or the paths that conflict. */
export async function mergeTrees(
  directory: string,
  ours: string,
  theirs: string,
): Promise<MergeResult> {
  const { stdout, exitCode } = await runGit(
    directory,
    [
      'merge-tree',
      '--write-tree',
      '--name-only',
      '--no-messages',
      '-z',
      ours,
      theirs,
    ],
    { accept: [1] },
  );
  const [tree, ...conflicts] = stdout
    .toString('utf8')
    .split('\0')
    .filter(Boolean);
  return exitCode === 0 ? { tree } : { conflicts };
}
