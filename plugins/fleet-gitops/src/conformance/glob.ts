import { globDoublestar, GlobError, matchPath, matchPathspec } from '../glob';
import { comparePaths } from '../glob/fileTree';
import { diffTexts, outcomeOf } from './outcome';
import type { GoldenCase } from './types';

/** Input of the kind `glob`. */
export interface GlobCase extends GoldenCase {
  /** Which language the pattern is in: Git's pathspecs, Go's `path.Match`, or Argo CD's new globbing of files. */
  glob: 'gitPathspec' | 'path' | 'doublestar';
  pattern: string;
  files: string[];
  expect: { matches?: string[]; error?: string };
}

/** The difference between a golden case of kind `glob` and this engine's answer; `undefined` for none. */
export function checkGlobCase(input: GlobCase): string | undefined {
  const { expect } = input;
  const answer = outcomeOf(
    () => matches(input).sort(comparePaths),
    error => error instanceof GlobError,
  );
  if ('defect' in answer) return `failed: ${answer.defect}`;
  if (expect.error !== undefined) {
    return 'error' in answer
      ? undefined
      : `expected the error ${expect.error}, got ${answer.output.join(', ')}`;
  }
  return 'error' in answer
    ? `expected ${expect.matches?.join(', ')}, got the error ${answer.error}`
    : diffTexts(
        (expect.matches ?? []).map(path => `${path}\n`).join(''),
        answer.output.map(path => `${path}\n`).join(''),
      );
}

function matches({ glob, pattern, files }: GlobCase): string[] {
  switch (glob) {
    case 'gitPathspec':
      return matchPathspec(pattern, files);
    case 'path':
      return files.filter(file => matchPath(pattern, file));
    case 'doublestar':
      return globDoublestar(pattern, files);
    default:
      throw new Error(`there is no glob "${glob}"`);
  }
}
