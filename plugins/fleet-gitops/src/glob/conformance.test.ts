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

describe('golden cases of Git and Go', () => {
  it.each(cases.map(item => [item.name, item] as const))('%s', (_, item) => {
    if (item.expect.error) {
      expect(() => run(item)).toThrow(GlobError);
    } else {
      expect(run(item).sort()).toEqual(item.expect.matches);
    }
  });
});
