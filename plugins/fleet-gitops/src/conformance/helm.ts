import { HelmError, renderHelmChart } from '../helm';
import { diffTexts, outcomeOf } from './outcome';
import type { GoldenCase } from './types';

/** Input of the kind `helm`. */
export interface HelmCase extends GoldenCase {
  /** Path in the chart → content. */
  chart: Record<string, string>;
  /** Contents of the values files, in order. */
  values?: string[];
  /** Merged last. */
  set?: Record<string, unknown>;
  release?: { name?: string; namespace?: string };
  expect: { manifests?: Record<string, string>; error?: string };
}

/** The difference between a golden case of kind `helm` and this engine's answer; `undefined` for none. */
export function checkHelmCase(input: HelmCase): string | undefined {
  const { chart, values, set, release, expect } = input;
  const answer = outcomeOf(
    () =>
      renderHelmChart({
        chart: new Map(Object.entries(chart)),
        valueFiles: values,
        set,
        release,
      }),
    error => error instanceof HelmError,
  );
  if ('defect' in answer) return `failed: ${answer.defect}`;
  if (expect.error !== undefined)
    return checkError(
      expect.error,
      'error' in answer ? answer.error : undefined,
    );
  if ('error' in answer) return `expected manifests, got ${answer.error}`;
  const expected = expect.manifests ?? {};
  const paths = new Set([...Object.keys(expected), ...answer.output.keys()]);
  const differences = [...paths].sort().flatMap(path => {
    if (!(path in expected)) return [`+ ${path}`];
    const manifest = answer.output.get(path);
    if (manifest === undefined) return [`- ${path}`];
    const difference = diffTexts(expected[path], manifest);
    return difference === undefined ? [] : [`${path}\n${difference}`];
  });
  return differences.length > 0 ? differences.join('\n') : undefined;
}

/*
 * The messages of `required` and `fail` are the chart author's; of other errors only that there is one counts.
 */
function checkError(
  expected: string,
  actual: string | undefined,
): string | undefined {
  if (actual === undefined)
    return `expected the error ${expected}, got manifests`;
  return expected.startsWith('execution error at') && actual !== expected
    ? diffTexts(expected, actual)
    : undefined;
}
