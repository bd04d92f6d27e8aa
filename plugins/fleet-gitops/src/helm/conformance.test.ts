import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkGoldenCase, GoldenCase } from '../conformance';

const folder = join(__dirname, 'testdata');

function readCases(file: string): GoldenCase[] {
  return JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString());
}

/** What Helm's own engine answered. */
describe('renderHelmChart renders as Helm does', () => {
  const cases = readdirSync(folder).flatMap(readCases);

  it.each(cases.map(testCase => [testCase.name, testCase] as const))(
    '%s',
    (_, testCase) => {
      expect(checkGoldenCase(testCase)).toBeUndefined();
    },
  );
});
