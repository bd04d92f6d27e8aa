import { RE2JS } from 're2js';
import { NotSupported } from '../errors';
import type { Library } from './types';

function matcher(text: string, pattern: string) {
  try {
    return RE2JS.compile(pattern).matcher(text);
  } catch (error) {
    throw new NotSupported((error as Error).message);
  }
}

function matches(text: string, pattern: string): boolean {
  return matcher(text, pattern).find();
}

/** Source: Go `regexp.FindAllString`: an empty match right behind another one is none. */
function findAll(text: string, pattern: string, limit = -1n): string[] {
  const found: string[] = [];
  const all = matcher(text, pattern);
  let end = -1;
  while ((limit < 0n || BigInt(found.length) < limit) && all.find()) {
    if (all.start() === all.end() && all.start() === end) continue;
    found.push(all.group() ?? '');
    end = all.end();
  }
  return found;
}

/** Regular expressions of Go. Source: cel-go `common/stdlib/standard.go`, apiserver `pkg/cel/library/regex.go`. */
export const REGULAR_EXPRESSIONS: Library = {
  'matches(string, string)': matches,
  '<string>.matches(string)': matches,
  '<string>.find(string)': (text, pattern) =>
    findAll(text, pattern, 1n)[0] ?? '',
  '<string>.findAll(string)': findAll,
  '<string>.findAll(string, int)': findAll,
};
