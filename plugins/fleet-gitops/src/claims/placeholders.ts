import { InputError } from '@backstage/errors';
import { isSafeText, UNSAFE_MESSAGE } from '../intents/grammar';
import { formatFieldPath, parseFieldPath, valueAt } from './fieldPath';
import type { TextSource, ValueSource } from './types';

/** What the names in a blueprint stand for. */
export interface BlueprintValues {
  cluster: string;
  blueprint: string;
  parameters: Record<string, unknown>;
  /** In the blueprint's format; absent where it has none. */
  kubernetesVersion?: string;
  /** For example `1.33`. */
  kubernetesMinor?: string;
}

const PLAIN_NAMES = [
  'cluster',
  'blueprint',
  'kubernetesVersion',
  'kubernetesMinor',
];
const PLACEHOLDER = /\{([^{}]*)\}/g;

/** Why a text is no name of a value; `undefined` where it is one. */
export function sourceProblem(name: string): string | undefined {
  if (PLAIN_NAMES.includes(name)) return undefined;
  const path = parseFieldPath(name);
  return path && path[0] === 'parameters' && path.length > 1
    ? undefined
    : `\`${name}\` is not known. Known: ${PLAIN_NAMES.join(
        ', ',
      )}, parameters.<name>`;
}

/** Why a text with names in braces cannot be filled in; `undefined` where it can. */
export function placeholderProblem(text: string): string | undefined {
  for (const [, name] of text.matchAll(PLACEHOLDER)) {
    const problem = sourceProblem(name);
    if (problem) return problem;
  }
  const rest = text.replace(PLACEHOLDER, '');
  return /[{}]/.test(rest) ? 'has a brace without its counterpart' : undefined;
}

/** The names that a text or source takes its value from. */
export function namesIn(source: TextSource): string[] {
  return typeof source === 'string'
    ? [...source.matchAll(PLACEHOLDER)].map(([, name]) => name)
    : [source.from];
}

/**
 * The value of a source, of any JSON type; `undefined` where an optional parameter was left out.
 *
 * @throws `InputError` where `map` has no entry for it
 */
export function readSource(
  { from, map }: ValueSource,
  values: BlueprintValues,
): unknown {
  const path = parseFieldPath(from)!;
  const value = valueAt(values, path);
  if (!map || value === undefined) return value;
  const key = String(value);
  if (!Object.hasOwn(map, key))
    throw new InputError(
      `parameters.${formatFieldPath(
        path,
      )}: \`${key}\` has no entry in the blueprint’s map. Known: ${Object.keys(
        map,
      ).join(', ')}.`,
    );
  return map[key];
}

/**
 * Fills in a text. A value goes in as it is, so it may be no map or list and must be free of template syntax.
 *
 * @returns `undefined` where a parameter that it names was left out
 */
export function renderText(
  source: TextSource,
  values: BlueprintValues,
): string | undefined {
  if (typeof source !== 'string')
    return asText(readSource(source, values), source.from);
  let isComplete = true;
  const text = source.replace(PLACEHOLDER, (_match, name: string) => {
    const value = asText(readSource({ from: name }, values), name);
    isComplete &&= value !== undefined;
    return value ?? '';
  });
  return isComplete ? text : undefined;
}

function asText(value: unknown, name: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object')
    throw new InputError(
      `parameters.${name}: the blueprint writes it into a text, so it must be a single value.`,
    );
  const text = String(value);
  if (!isSafeText(text))
    throw new InputError(`parameters.${name}: ${UNSAFE_MESSAGE}`);
  return text;
}

/**
 * Refuses control characters and template syntax anywhere in a value: Argo CD, Helm and KRO would evaluate it.
 *
 * @throws `InputError` that names the field
 */
export function checkSafe(value: unknown, field: string): void {
  if (typeof value === 'string') {
    if (!isSafeText(value)) throw new InputError(`${field}: ${UNSAFE_MESSAGE}`);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => checkSafe(item, `${field}[${index}]`));
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      if (!isSafeText(key))
        throw new InputError(`${field}: a key ${UNSAFE_MESSAGE}`);
      checkSafe(item, `${field}.${key}`);
    }
  }
}
