import { createPatch } from 'diff';
import { canonical } from './normalize';

/** What a rendering answered: a text, or an error with its message. */
export type Outcome<T> = { output: T } | { error: string };

/**
 * Runs a rendering.
 *
 * @param isRefusal - whether an error is one that the engine reports on purpose; any other one is a defect and says so
 */
export function outcomeOf<T>(
  render: () => T,
  isRefusal: (error: unknown) => boolean,
): Outcome<T> | { defect: string } {
  try {
    return { output: render() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return isRefusal(error) ? { error: message } : { defect: message };
  }
}

/** The difference between two texts, as a unified diff without its header; `undefined` for none. */
export function diffTexts(
  expected: string,
  actual: string,
): string | undefined {
  if (expected === actual) return undefined;
  return createPatch('', expected, actual, undefined, undefined, { context: 1 })
    .split('\n')
    .slice(4)
    .join('\n')
    .trimEnd();
}

/** The lines in which two values differ when they are written as JSON; `undefined` for none. */
export function diffValues(
  expected: unknown,
  actual: unknown,
): string | undefined {
  const lines = (value: unknown) =>
    JSON.stringify(JSON.parse(canonical(value)), undefined, 1);
  return diffTexts(lines(expected), lines(actual));
}
