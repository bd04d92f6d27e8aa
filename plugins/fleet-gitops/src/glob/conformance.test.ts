import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkGoldenCase, GoldenCase } from '../conformance';

const cases: GoldenCase[] = JSON.parse(
  gunzipSync(
    readFileSync(join(__dirname, 'testdata', 'glob.json.gz')),
  ).toString('utf8'),
);

describe('golden cases of Git and Go', () => {
  it.each(cases.map(item => [item.name, item] as const))('%s', (_, item) => {
    expect(checkGoldenCase(item)).toBeUndefined();
  });
});
