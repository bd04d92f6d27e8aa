import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkGoldenCase, GoldenCase, goldenCaseKind } from '../conformance';

function readCases(name: string): GoldenCase[] {
  const path = join(__dirname, 'testdata', `${name}.json.gz`);
  return JSON.parse(gunzipSync(readFileSync(path)).toString('utf8'));
}

describe('golden cases of Argo CD', () => {
  it.each([
    ['applicationset', 'applications'],
    ['fuzz-applicationset', 'applications'],
    ['reconcile', 'reconcile'],
  ])('answers %s', (name, kind) => {
    const cases = readCases(name);
    expect(cases.length).toBeGreaterThan(100);
    expect(new Set(cases.map(goldenCaseKind))).toEqual(new Set([kind]));
    const failures = cases.flatMap(input => {
      const difference = checkGoldenCase(input);
      return difference ? [`${input.name}: ${difference}`] : [];
    });
    expect(failures).toEqual([]);
  });
});
