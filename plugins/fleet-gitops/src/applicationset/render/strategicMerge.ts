import type { StructField, StructType } from '../schema/goType';

/** A patch that Kubernetes' strategic merge refuses. */
export class StrategicMergeError extends Error {}

type JsonMap = Record<string, any>;

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const DELETE_FROM_LIST = '$deleteFromPrimitiveList/';
const ELEMENT_ORDER = '$setElementOrder/';

/**
 * Applies a strategic merge patch: maps are merged, `null` removes, lists are replaced unless their type says otherwise.
 *
 * Where a value's type says nothing about what is inside it (Helm's `valuesObject`), scalars and new keys can be set, but
 * a map or list that is there already cannot be merged, and the patch is refused.
 *
 * Source: `k8s.io/apimachinery/pkg/util/strategicpatch` `StrategicMergePatch`.
 *
 * @param type - type of the value; `undefined` where it is not known
 * @throws StrategicMergeError
 */
export function strategicMerge(
  original: JsonMap,
  patch: JsonMap,
  type: StructType | undefined,
  path = '',
): JsonMap {
  if (DIRECTIVE in patch) {
    return applyDirective(patch, path);
  }
  const result = retainKeys(original, patch, path);
  for (const [key, value] of Object.entries(patch)) {
    if (key === RETAIN_KEYS || key.startsWith(ELEMENT_ORDER)) {
      continue;
    }
    if (key.startsWith(DELETE_FROM_LIST)) {
      deleteFromList(result, key.slice(DELETE_FROM_LIST.length), value, path);
    } else if (value === null) {
      delete result[key];
    } else {
      mergeKey(result, key, value, type, joinPath(path, key));
    }
  }
  return result;
}

function mergeKey(
  result: JsonMap,
  key: string,
  value: any,
  type: StructType | undefined,
  path: string,
): void {
  const current = result[key];
  if (isMap(current) && isMap(value)) {
    const field = fieldOf(type, key, path);
    result[key] = strategicMerge(current, value, structOf(field), path);
  } else if (Array.isArray(current) && Array.isArray(value)) {
    const field = fieldOf(type, key, path);
    result[key] =
      field.patchStrategy === 'merge'
        ? mergeLists(current, value, path)
        : value;
  } else {
    const cleaned = clean(value);
    if (cleaned === undefined) {
      delete result[key];
    } else {
      result[key] = cleaned;
    }
  }
}

function fieldOf(
  type: StructType | undefined,
  key: string,
  path: string,
): StructField {
  const field = type?.fields[key];
  if (!field) {
    throw new StrategicMergeError(
      `${path} is there already and cannot be merged; set all of it with "$patch: replace" one level above`,
    );
  }
  return field;
}

function structOf({ type }: StructField): StructType | undefined {
  return type.kind === 'struct' ? type : undefined;
}

function applyDirective(patch: JsonMap, path: string): JsonMap {
  const { [DIRECTIVE]: directive, ...rest } = patch;
  switch (directive) {
    case 'replace':
      return rest;
    case 'delete':
      return {};
    default:
      throw new StrategicMergeError(
        `${
          path || 'the patch'
        } has $patch: ${directive}; replace and delete are possible`,
      );
  }
}

function retainKeys(original: JsonMap, patch: JsonMap, path: string): JsonMap {
  const keys = patch[RETAIN_KEYS];
  if (keys === undefined) {
    return { ...original };
  }
  const missing = Object.entries(patch).find(
    ([key, value]) =>
      value !== null &&
      key !== RETAIN_KEYS &&
      !key.startsWith(DELETE_FROM_LIST) &&
      !key.startsWith(ELEMENT_ORDER) &&
      !(Array.isArray(keys) && keys.includes(key)),
  );
  if (!Array.isArray(keys) || missing) {
    throw new StrategicMergeError(
      `${path || 'the patch'} must list all its keys in $retainKeys`,
    );
  }
  return Object.fromEntries(
    Object.entries(original).filter(([key]) => keys.includes(key)),
  );
}

function deleteFromList(
  result: JsonMap,
  key: string,
  values: any,
  path: string,
): void {
  if (!Array.isArray(values)) {
    throw new StrategicMergeError(
      `${joinPath(path, DELETE_FROM_LIST + key)} must be a list`,
    );
  }
  if (Array.isArray(result[key])) {
    result[key] = result[key].filter((item: any) => !values.includes(item));
  }
}

/**
 * Scalars of both lists without repetitions: those of the patch keep its order, and come before the others unless the
 * current list had it otherwise. Lists of maps would need a key, which no list of an Application has.
 */
function mergeLists(current: any[], patch: any[], path: string): any[] {
  if ([...current, ...patch].some(item => typeof item === 'object')) {
    throw new StrategicMergeError(`${path} cannot be merged`);
  }
  const patched = [...new Set(patch)];
  const others = current.filter(item => !patched.includes(item));
  const merged: any[] = [];
  while (patched.length > 0 && others.length > 0) {
    const position = current.indexOf(patched[0]);
    const otherFirst = position >= 0 && current.indexOf(others[0]) < position;
    merged.push(otherFirst ? others.shift() : patched.shift());
  }
  return [...new Set([...merged, ...patched, ...others])];
}

/** A new value without nulls and without what its directives exclude; `undefined` where nothing is left. */
function clean(value: any): any {
  if (Array.isArray(value)) {
    return value.map(clean).filter(item => item !== undefined);
  }
  if (!isMap(value)) {
    return value;
  }
  if (DIRECTIVE in value) {
    return undefined;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, clean(item)])
      .filter(([, item]) => item !== undefined),
  );
}

function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function joinPath(path: string, key: string): string {
  return path ? `${path}.${key}` : key;
}
