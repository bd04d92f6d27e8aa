import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  checkApplicationsCase,
  checkReconcileCase,
  type GoldenCase,
} from './goldenCase';

function readCases(name: string): GoldenCase[] {
  const path = join(__dirname, '..', 'testdata', `${name}.json.gz`);
  return JSON.parse(gunzipSync(readFileSync(path)).toString('utf8'));
}

function failuresOf(
  cases: GoldenCase[],
  check: (input: GoldenCase) => string | undefined,
): string[] {
  return cases.flatMap(input => {
    const difference = check(input);
    return difference ? [`${input.name}: ${difference}`] : [];
  });
}

describe('golden cases of Argo CD', () => {
  it.each(['applicationset', 'fuzz-applicationset'])(
    'generates the Applications of %s',
    name => {
      const cases = readCases(name);
      expect(cases.length).toBeGreaterThan(100);
      expect(failuresOf(cases, checkApplicationsCase)).toEqual([]);
    },
  );

  it('reconciles the Applications that exist', () => {
    const cases = readCases('reconcile');
    expect(cases.length).toBeGreaterThan(100);
    expect(failuresOf(cases, checkReconcileCase)).toEqual([]);
  });
});
