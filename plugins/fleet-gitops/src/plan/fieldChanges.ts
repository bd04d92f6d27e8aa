import type { FieldChange } from '@backstage-fleet/plugin-fleet-common';

/** Leaves of an object by their dotted path; lists count as one leaf unless they hold objects. */
export function flatten(
  value: unknown,
  path = '',
  into = new Map<string, string>(),
): Map<string, string> {
  if (Array.isArray(value)) {
    if (value.some(item => typeof item === 'object' && item !== null)) {
      value.forEach((item, index) => flatten(item, `${path}[${index}]`, into));
    } else {
      into.set(path, JSON.stringify(value));
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      const step = /^[\w-]+$/.test(key) ? `.${key}` : `["${key}"]`;
      flatten(item, path === '' ? key : `${path}${step}`, into);
    }
  } else if (value !== undefined) {
    into.set(path, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return into;
}

/** The fields that differ, what decides most first: revision, destination, source, values, the rest by name. */
export function differences(
  before: Map<string, string>,
  after: Map<string, string>,
): FieldChange[] {
  const fields: FieldChange[] = [];
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(path);
    const now = after.get(path);
    if (old !== now) {
      fields.push({
        path,
        ...(old === undefined ? {} : { before: old }),
        ...(now === undefined ? {} : { after: now }),
      });
    }
  }
  return fields.sort(
    (one, other) =>
      weight(one.path) - weight(other.path) || (one.path < other.path ? -1 : 1),
  );
}

const WEIGHTS = [
  /^version$/,
  /targetRevision$/,
  /^spec\.destination\b/,
  /^spec\.sources?\b/,
  /^values\b/,
];

function weight(path: string): number {
  const index = WEIGHTS.findIndex(pattern => pattern.test(path));
  return index === -1 ? WEIGHTS.length : index;
}
