import { GoMap } from '../../gotemplate/values/types';
import { mapEntries, type Params, sliceItems } from '../params';
import { generatorError } from '../errors';

/**
 * Merges nested parameters into others: maps key by key, everything else replaced, empty values included.
 *
 * `target` and the maps in it are changed, and maps that it lacks are taken over without a copy. Argo CD's generators rely
 * on nothing of that, but their results show it: rows that share a map all see what is merged into it later.
 *
 * Source: `dario.cat/mergo` 1.0.2 `Merge` with `WithOverride`.
 */
export function mergeParams(target: Params, source: Params): void {
  mergeEntries(target, source, 'any');
}

function mergeEntries(
  target: Record<string, any>,
  source: Record<string, any>,
  element: 'any' | 'string',
): void {
  for (const [key, value] of Object.entries(source)) {
    const current = Object.hasOwn(target, key) ? target[key] : undefined;
    const entries = mapEntries(value);
    const currentEntries = mapEntries(current);
    if (entries && currentEntries) {
      const empty = Object.keys(currentEntries).length === 0;
      mergeEntries(
        currentEntries,
        entries,
        current instanceof GoMap ? 'string' : 'any',
      );
      if (empty && Object.keys(currentEntries).length === 0) {
        target[key] = value;
      }
    } else {
      if (element === 'string' && typeof value !== 'string') {
        throw generatorError(
          `parameter ${key} cannot be merged: it is ${describe(
            value,
          )} where another generator has text`,
        );
      }
      target[key] = value;
    }
  }
}

function describe(value: unknown): string {
  if (mapEntries(value)) {
    return 'a map';
  }
  return sliceItems(value) ? 'a list' : `the ${typeof value} ${value}`;
}
