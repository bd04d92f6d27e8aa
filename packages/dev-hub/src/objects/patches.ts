import { applyPatch, type Operation } from 'fast-json-patch';
import { StatusError, badRequest } from './status';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * JSON merge patch (RFC 7386): `null` removes, records merge, everything else replaces. Unchanged parts are shared with
 * `target`, which is left alone.
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = isRecord(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      result[key] = mergePatch(result[key], value);
    }
  }
  return result;
}

/** JSON patch (RFC 6902). A failing operation is a 422 that names nothing, as in the API server. */
export function jsonPatch<T>(target: T, operations: unknown): T {
  if (!Array.isArray(operations)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    );
  }
  try {
    return applyPatch(structuredClone(target), operations as Operation[], true)
      .newDocument as T;
  } catch {
    throw new StatusError({
      code: 422,
      reason: 'Invalid',
      message: 'the server rejected our request due to an error in our request',
      details: {},
    });
  }
}
