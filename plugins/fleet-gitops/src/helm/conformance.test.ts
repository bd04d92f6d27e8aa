import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { HelmError, renderHelmChart } from '.';

interface HelmCase {
  name: string;
  chart: Record<string, string>;
  values?: string[];
  set?: Record<string, unknown>;
  release?: { name?: string; namespace?: string };
  expect: { manifests?: Record<string, string>; error?: string };
}

const folder = join(__dirname, 'testdata');

function readCases(file: string): HelmCase[] {
  return JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString());
}

function outcome({ chart, values, set, release, expect: expected }: HelmCase) {
  try {
    const rendered = renderHelmChart({
      chart: new Map(Object.entries(chart)),
      valueFiles: values,
      set,
      release,
    });
    return { manifests: Object.fromEntries(rendered) };
  } catch (error) {
    expect(error).toBeInstanceOf(HelmError);
    // The messages of `required` and `fail` are the chart author's; of other errors only that there is one counts.
    const isAuthored = expected.error?.startsWith('execution error at');
    return { error: isAuthored ? (error as HelmError).message : 'fails' };
  }
}

/** What Helm's own engine answered. */
describe('renderHelmChart renders as Helm does', () => {
  const cases = readdirSync(folder).flatMap(readCases);

  it.each(cases.map(testCase => [testCase.name, testCase] as const))(
    '%s',
    (_, testCase) => {
      const { manifests, error } = testCase.expect;
      const isAuthored = error?.startsWith('execution error at');
      expect(outcome(testCase)).toEqual(
        error === undefined
          ? { manifests }
          : { error: isAuthored ? error : 'fails' },
      );
    },
  );
});
