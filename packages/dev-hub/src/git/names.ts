import { InvalidGitInputError } from './errors';

// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/;

/**
 * Refuses paths that git itself would drop without a word (`update-index` ends with 0) or that reach out of the tree.
 *
 * Source: git `read-cache.c` `verify_path`.
 */
export function assertTreePath(path: string): void {
  const segments = path.split('/');
  const malformed =
    path.length === 0 ||
    path.length > 4096 ||
    CONTROL_CHARACTERS.test(path) ||
    path.includes('\\') ||
    segments.some(
      segment =>
        segment === '' ||
        segment === '.' ||
        segment === '..' ||
        /^(\.git|git~\d+)[ .]*(:.*)?$/i.test(segment),
    );
  if (malformed) {
    throw new InvalidGitInputError(
      `The path ${JSON.stringify(
        path,
      )} is not allowed: use segments separated by one "/", without ".", "..", ".git", "\\" or control characters`,
      'path',
    );
  }
}

/**
 * Refuses names that `git check-ref-format` refuses, and names outside `refs/`.
 *
 * Source: git documentation, `git-check-ref-format`.
 */
export function assertRefName(name: string): void {
  const segments = name.split('/');
  const malformed =
    !name.startsWith('refs/') ||
    segments.length < 3 ||
    name.length > 255 ||
    CONTROL_CHARACTERS.test(name) ||
    /[ ~^:?*[\\]/.test(name) ||
    name.includes('..') ||
    name.includes('@{') ||
    name.endsWith('.') ||
    segments.some(
      segment =>
        segment === '' ||
        segment === '@' ||
        segment.startsWith('.') ||
        segment.startsWith('-') ||
        segment.endsWith('.lock'),
    );
  if (malformed) {
    throw new InvalidGitInputError(
      `${JSON.stringify(name)} is not a valid ref name`,
      'ref',
    );
  }
}

/** Whether the text is a full object name, in lower case. */
export function isSha(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{40}$/.test(text);
}
