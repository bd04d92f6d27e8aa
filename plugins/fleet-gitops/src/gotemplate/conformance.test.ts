import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkGoldenCase, GoldenCase } from '../conformance';

const folder = join(__dirname, 'testdata');

function readCases(file: string): GoldenCase[] {
  return JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString());
}

/** What Argo CD's own renderer answered; of an error only that there is one. */
describe('renderGoTemplate renders as Argo CD does', () => {
  it.each(readdirSync(folder))('%s', file => {
    const cases = readCases(file);
    expect(cases.length).toBeGreaterThan(0);
    const failures = cases.flatMap(input => {
      const difference = checkGoldenCase({ ...input, kind: 'template' });
      return difference ? [`${input.name}: ${difference}`] : [];
    });
    expect(failures).toEqual([]);
  });
});
