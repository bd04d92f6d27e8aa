import { GlobError, matchPath } from '../glob';
import { HelmError } from '../helm';

interface Rule {
  isNegated: boolean;
  isForDirectories: boolean;
  matches(path: string): boolean;
}

/** What is never part of a chart, whatever `.helmignore` says. */
const DEFAULT_RULE = 'templates/.?*';

function parseRule(line: string): Rule | undefined {
  let pattern = line.trim();
  if (pattern === '' || pattern.startsWith('#')) return undefined;
  if (pattern.includes('**')) throw invalid(line, '** is not supported');
  const isNegated = pattern.startsWith('!');
  if (isNegated) pattern = pattern.slice(1);
  const isForDirectories = pattern.endsWith('/');
  if (isForDirectories) pattern = pattern.slice(0, -1);
  const isRooted = pattern.startsWith('/');
  const isPath = pattern.includes('/');
  const plain = isRooted ? pattern.slice(1) : pattern;
  try {
    matchPath(plain, 'abc');
  } catch (error) {
    if (error instanceof GlobError) throw invalid(line, error.message);
    throw error;
  }
  return {
    isNegated,
    isForDirectories,
    matches: path =>
      matchPath(plain, isPath ? path : path.slice(path.lastIndexOf('/') + 1)),
  };
}

function invalid(line: string, message: string): HelmError {
  return new HelmError(`.helmignore: ${line.trim()}: ${message}`, {
    path: '.helmignore',
  });
}

function isIgnored(path: string, rules: Rule[]): boolean {
  const segments = path.split('/');
  return segments.some((_segment, index) => {
    const part = segments.slice(0, index + 1).join('/');
    const isDirectory = index < segments.length - 1;
    for (const { isNegated, isForDirectories, matches } of rules) {
      const isOther = isForDirectories && !isDirectory;
      // A negated rule takes everything away that it does not match.
      if (isNegated ? isOther || !matches(part) : !isOther && matches(part))
        return true;
    }
    return false;
  });
}

/**
 * The files of a chart without those that its `.helmignore` names.
 *
 * Source: Helm `pkg/ignore/rules.go`.
 *
 * @throws HelmError where a line cannot be read
 */
export function withoutIgnored(
  files: ReadonlyMap<string, string>,
): Map<string, string> {
  const lines = (files.get('.helmignore') ?? '').split(/\r?\n/);
  const rules = [...lines, DEFAULT_RULE].flatMap(line => parseRule(line) ?? []);
  return new Map([...files].filter(([path]) => !isIgnored(path, rules)));
}
