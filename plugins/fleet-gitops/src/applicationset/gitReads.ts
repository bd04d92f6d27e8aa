import { matchPath, matchPathspec } from '../glob';
import { Checkout } from '../glob/doublestar';
import type { ApplicationSet } from '../model/argocd';
import type { HubSnapshot } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import { listDirectories } from './generators/git';
import { generatorEntries } from './generatorEntries';

/**
 * Whether a git generator of an ApplicationSet may yield something else because files differ between two states. It may
 * say yes too often, never no too often.
 */
export function readsChangedFiles(
  applicationSet: ApplicationSet,
  before: HubSnapshot,
  after: HubSnapshot,
): boolean {
  return generatorEntries(applicationSet.spec.generators).some(
    ({ git }) =>
      typeof git === 'object' && git !== null && differs(git, before, after),
  );
}

function differs(git: any, before: HubSnapshot, after: HubSnapshot): boolean {
  try {
    const { repoURL = '', revision = '' } = git;
    // A matrix fills these in from another generator.
    if (isTemplated(repoURL) || isTemplated(revision)) return true;
    const old = before.repositories(repoURL, revision);
    const now = after.repositories(repoURL, revision);
    if (old?.files === now?.files) return false;
    if (!old || !now) return true;
    const { contents, existence } = fileDifferences(old, now);
    return Array.isArray(git.directories)
      ? existence && matchesDirectory(git.directories, old, now)
      : matchesFile(git.files, contents, after.newGitFileGlobbing);
  } catch {
    // A revision that does not exist, or a pattern that Argo CD refuses.
    return true;
  }
}

interface FileDifferences {
  /** Files that came, went or hold something else. */
  contents: string[];
  /** Whether any came or went. */
  existence: boolean;
}

const differencesOf = new WeakMap<object, WeakMap<object, FileDifferences>>();

function fileDifferences(
  { files: before }: RepositorySnapshot,
  { files: after }: RepositorySnapshot,
): FileDifferences {
  let ofBefore = differencesOf.get(before);
  if (!ofBefore) {
    ofBefore = new WeakMap();
    differencesOf.set(before, ofBefore);
  }
  let found = ofBefore.get(after);
  if (!found) {
    const changed = [...after].filter(
      ([path, text]) => before.get(path) !== text,
    );
    const gone = [...before.keys()].filter(path => !after.has(path));
    found = {
      contents: [...changed.map(([path]) => path), ...gone],
      existence: gone.length > 0 || changed.some(([path]) => !before.has(path)),
    };
    ofBefore.set(after, found);
  }
  return found;
}

interface PathPattern {
  path: string;
  exclude?: boolean;
}

function matchesDirectory(
  patterns: PathPattern[],
  before: RepositorySnapshot,
  after: RepositorySnapshot,
): boolean {
  const old = new Set(listDirectories(before));
  const now = new Set(listDirectories(after));
  const changed = [
    ...[...old].filter(directory => !now.has(directory)),
    ...[...now].filter(directory => !old.has(directory)),
  ];
  return (
    changed.length > 0 &&
    patterns.some(
      ({ path, exclude }) =>
        !exclude &&
        (isTemplated(path) ||
          changed.some(directory => matchPath(path, directory))),
    )
  );
}

/** What only patterns with `exclude` match is read by none, unless another one names it too. */
function matchesFile(
  patterns: PathPattern[],
  changed: string[],
  newGlobbing = false,
): boolean {
  if (newGlobbing) return matchesByDoublestar(patterns, changed);
  return patterns.some(
    ({ path, exclude }) =>
      !exclude &&
      (isTemplated(path)
        ? changed.some(file => mayMatch(path, file))
        : matchPathspec(path, changed).length > 0),
  );
}

/** A directory that a pattern names, of those with `exclude` too, is an error: its coming and going matters. */
function matchesByDoublestar(
  patterns: PathPattern[],
  changed: string[],
): boolean {
  const checkout = new Checkout(changed);
  return patterns.some(
    ({ path }) =>
      isTemplated(path) ||
      // Whether a way leads down and up again depends on what else there is.
      path.includes('..') ||
      checkout.find(path).length > 0,
  );
}

/** Judges by the characters before the first template or wildcard. */
function mayMatch(pattern: string, file: string): boolean {
  const literal = /^[A-Za-z0-9_/-]*/.exec(pattern)![0];
  return literal.startsWith('/') || file.startsWith(literal);
}

function isTemplated(text: string): boolean {
  return text.includes('{{');
}
