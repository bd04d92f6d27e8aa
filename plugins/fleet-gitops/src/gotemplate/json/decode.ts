import { FunctionError } from '../errors';
import { Value } from '../values/types';

/** JSON.parse leaves lone surrogates; encoding/json writes U+FFFD. */
function replaceLoneSurrogates(value: any): any {
  if (typeof value === 'string') {
    return value.replace(/[\uD800-\uDFFF]/gu, '\uFFFD');
  }
  if (Array.isArray(value)) {
    return value.map(replaceLoneSurrogates);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [
        replaceLoneSurrogates(key),
        replaceLoneSurrogates(entry),
      ]),
    );
  }
  return value;
}

/** Whether a parsed document holds a number that no float64 can (Go refuses it). */
function hasInfinity(value: unknown): boolean {
  if (typeof value === 'number') {
    return !Number.isFinite(value);
  }
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).some(hasInfinity)
  );
}

/**
 * encoding/json's Unmarshal into interface{}.
 *
 * @throws FunctionError when the text is no JSON
 */
export function decodeJson(text: string): Value {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FunctionError(
      text.trim() === ''
        ? 'unexpected end of JSON input'
        : (error as Error).message,
    );
  }
  if (/[eE]\d{3}|\d{300}/.test(text) && hasInfinity(value)) {
    throw new FunctionError('json: cannot unmarshal number out of range');
  }
  return /\\u[dD]|[\uD800-\uDFFF]/.test(text)
    ? replaceLoneSurrogates(value)
    : (value as Value);
}
