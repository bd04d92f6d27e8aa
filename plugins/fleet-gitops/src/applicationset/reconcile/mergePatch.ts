/**
 * JSON merge patch (RFC 7386) that turns one object into another; `undefined` where they are the same.
 */
export function createMergePatch(
  from: Record<string, any>,
  to: Record<string, any>,
): Record<string, any> | undefined {
  const patch: Record<string, any> = {};
  for (const [key, value] of Object.entries(from)) {
    if (value !== undefined && to[key] === undefined) {
      patch[key] = null;
    }
  }
  for (const [key, value] of Object.entries(to)) {
    const previous = from[key];
    if (isMap(value) && isMap(previous)) {
      const nested = createMergePatch(previous, value);
      if (nested) {
        patch[key] = nested;
      }
    } else if (value !== undefined && !isSameJson(previous, value)) {
      patch[key] = value;
    }
  }
  return Object.keys(patch).length > 0 ? patch : undefined;
}

/** Applies a JSON merge patch; what it does not touch is shared with the target. */
export function applyMergePatch(target: any, patch: any): any {
  if (!isMap(patch)) {
    return patch;
  }
  const result: Record<string, any> = isMap(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      result[key] = applyMergePatch(result[key], value);
    }
  }
  return result;
}

/** Whether two JSON values are the same, the order of keys aside. */
export function isSameJson(a: any, b: any): boolean {
  if (a === b) {
    return true;
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isSameJson(item, b[index]))
    );
  }
  if (!isMap(a) || !isMap(b)) {
    return false;
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && isSameJson(a[key], b[key]))
  );
}

function isMap(value: unknown): value is Record<string, any> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
