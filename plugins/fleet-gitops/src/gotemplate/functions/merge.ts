import { isEmpty } from '../values/truth';
import {
  GoDict,
  GoMap,
  NIL_MAP,
  Value,
  isDict,
  mapEntries,
  setEntry,
  sliceItems,
} from '../values/types';

/** mergo's isEmptyValue. A map inside an interface is empty when it has no entries, as everywhere. */
function isEmptyValue(value: Value): boolean {
  return isEmpty(value);
}

function isMap(value: Value): boolean {
  return value instanceof GoMap || isDict(value);
}

function mergeEntry(
  target: GoDict,
  key: string,
  source: Value,
  overwrite: boolean,
): void {
  const exists = Object.hasOwn(target, key);
  const existing = exists ? target[key] : undefined;
  if (source === null || source === undefined) {
    if (overwrite) {
      setEntry(target, key, source ?? null);
    }
    return;
  }
  if (isMap(source) && isMap(existing)) {
    mergeEntries(
      mapEntries(existing)! as GoDict,
      mapEntries(source)!,
      overwrite,
    );
    if (!isEmptyValue(existing)) {
      return;
    }
  }
  if (sliceItems(source)) {
    if (overwrite || !exists || isEmptyValue(existing)) {
      setEntry(target, key, source);
    }
    return;
  }
  if (overwrite || !exists || isEmptyValue(existing)) {
    setEntry(target, key, source);
  }
}

function mergeEntries(
  target: GoDict,
  source: Record<string, Value>,
  overwrite: boolean,
): void {
  for (const key of Object.keys(source)) {
    mergeEntry(target, key, source[key], overwrite);
  }
}

/**
 * Sprig's `merge` and `mergeOverwrite` (dario.cat/mergo): merges maps into the first, in place, level by level.
 * Without overwriting, an entry is taken where the target has none or an empty one.
 */
export function mergeDict(
  target: GoDict,
  sources: readonly GoDict[],
  overwrite: boolean,
): Value {
  const result =
    target === NIL_MAP && sources.some(source => source !== NIL_MAP)
      ? {}
      : target;
  for (const source of sources) {
    mergeEntries(result, source, overwrite);
  }
  return result;
}
