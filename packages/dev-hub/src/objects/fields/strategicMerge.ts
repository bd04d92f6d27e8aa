import { badRequest } from '../status';
import { listTypeAt } from './listTypes';

type Json = Record<string, any>;

const DELETE_FROM_SET = '$deleteFromPrimitiveList/';
const ORDER = '$setElementOrder/';

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Strategic merge patch of a built-in kind: a JSON merge patch in which lists with a key are merged item by item and sets
 * are added to, with the directives `$patch`, `$retainKeys`, `$deleteFromPrimitiveList/…` and `$setElementOrder/…`.
 *
 * Source: apimachinery `util/strategicpatch`.
 */
export function strategicMergePatch(
  target: unknown,
  patch: unknown,
  path: readonly string[] = [],
): unknown {
  if (Array.isArray(patch)) return mergedList(target, patch, path);
  if (!isRecord(patch)) return patch;
  const { $patch: act, $retainKeys: retained, ...fields } = patch;
  if (act === 'delete') return {};
  if (act === 'replace') return fields;
  if (act !== undefined && act !== 'merge') {
    throw badRequest(`Unknown patch type found: ${act}`);
  }
  const result: Json = isRecord(target) ? { ...target } : {};
  if (retained) {
    for (const name of Object.keys(result)) {
      if (!retained.includes(name)) delete result[name];
    }
  }
  for (const [name, value] of Object.entries(fields)) {
    if (name.startsWith('$')) continue;
    if (value === null) delete result[name];
    else {
      const at = [...path, name];
      result[name] = strategicMergePatch(result[name], value, at);
    }
  }
  for (const [name, value] of Object.entries(fields)) {
    if (name.startsWith(DELETE_FROM_SET)) {
      const list = name.slice(DELETE_FROM_SET.length);
      result[list] = (result[list] ?? []).filter(
        (item: unknown) => !value.includes(item),
      );
    } else if (name.startsWith(ORDER)) {
      const list = name.slice(ORDER.length);
      if (result[list]) {
        result[list] = inOrder(result[list], value, [...path, list]);
      }
    }
  }
  return result;
}

function mergedList(
  target: unknown,
  patch: unknown[],
  path: readonly string[],
): unknown[] {
  const type = listTypeAt(path);
  const old = Array.isArray(target) ? target : [];
  if (type === 'atomic') return patch;
  if (type === 'set') return [...new Set([...old, ...patch])];
  const items = patch.filter(isRecord);
  if (items.some(item => item.$patch === 'replace')) {
    return items.filter(item => item.$patch === undefined);
  }
  const merged = new Map(old.map(item => [item[type.key], item]));
  for (const item of items) {
    const key = item[type.key];
    if (key === undefined) {
      throw badRequest(
        `map: ${JSON.stringify(item)} does not contain declared merge key: ${
          type.key
        }`,
      );
    }
    if (item.$patch === 'delete') merged.delete(key);
    else merged.set(key, strategicMergePatch(merged.get(key), item, path));
  }
  return [...merged.values()];
}

/** What the order names comes in that order, before the rest. */
function inOrder(
  list: any[],
  order: any[],
  path: readonly string[],
): unknown[] {
  const type = listTypeAt(path);
  const keyOf = (item: any) =>
    typeof type === 'object' && isRecord(item) ? item[type.key] : item;
  const wanted = order.map(keyOf);
  const rank = (item: any) => {
    const index = wanted.indexOf(keyOf(item));
    return index < 0 ? wanted.length : index;
  };
  return [...list].sort((a, b) => rank(a) - rank(b));
}
