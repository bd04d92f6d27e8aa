import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { GlobError, matchDoublestar, matchPath, matchPathspec } from '.';

interface GlobCase {
  name: string;
  why: string;
  glob: 'gitPathspec' | 'path' | 'doublestar';
  pattern: string;
  files: string[];
  expect: { matches?: string[]; error?: string };
}

const cases: GlobCase[] = JSON.parse(
  gunzipSync(
    readFileSync(join(__dirname, 'testdata', 'glob.json.gz')),
  ).toString('utf8'),
);

function run({ glob, pattern, files }: GlobCase): string[] {
  switch (glob) {
    case 'gitPathspec':
      return matchPathspec(pattern, files);
    case 'path':
      return files.filter(file => matchPath(pattern, file));
    default:
      return files.filter(file => matchDoublestar(pattern, file));
  }
}

function answer(item: GlobCase) {
  try {
    return { matches: run(item).sort() };
  } catch (error) {
    return { error: error instanceof GlobError };
  }
}

describe('golden cases of Git and Go', () => {
  it.each(cases.map(item => [item.name, item] as const))('%s', (_, item) => {
    const { error, matches } = item.expect;
    expect(answer(item)).toEqual(error ? { error: true } : { matches });
  });
});
