import { compareStrings } from './goString';

/** Keys of a map in the order in which fmt, encoding/json and `range` visit them. */
export function sortedKeys(entries: Record<string, unknown>): string[] {
  const keys = Object.keys(entries);
  return keys.length < 2 ? keys : keys.sort(compareStrings);
}
