import { valueAt } from '../fieldPath';
import { isDeepEqual } from './cel';
import { MISSING, SchemaViolation, Validation } from './structuralSchema';

/**
 * What a change breaks: a value that was wrong before, and is as it was, holds no change up ("ratcheting").
 *
 * Source: Kubernetes "Extend the Kubernetes API with CustomResourceDefinitions", "Validation ratcheting".
 */
export function newViolations(
  now: Validation,
  before: Validation,
): SchemaViolation[] {
  return now.violations.filter(
    ({ path, field, message }) =>
      !before.violations.some(
        old => old.field === field && old.message === message,
      ) ||
      // What lacks a field is wrong itself.
      !isSame(now, before, message === MISSING ? path.slice(0, -1) : path),
  );
}

function isSame(
  now: Validation,
  before: Validation,
  path: SchemaViolation['path'],
): boolean {
  return isDeepEqual(
    valueAt(now.defaulted, path),
    valueAt(before.defaulted, path),
  );
}
