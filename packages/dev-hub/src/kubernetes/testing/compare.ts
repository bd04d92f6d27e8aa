import { parse } from 'yaml';
import type { Masks } from './masks';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** Owners of fields are in the recording of server-side apply alone; elsewhere they are cut. */
function withoutManagedFields(
  record: Record<string, unknown>,
): Record<string, unknown> {
  const { managedFields: _managedFields, ...rest } = record;
  return rest;
}

function namesOf(list: Record<string, unknown>): string[] {
  return (list.items as any[]).map(({ metadata }) =>
    metadata.namespace
      ? `${metadata.namespace}/${metadata.name}`
      : metadata.name,
  );
}

/** Causes come out of a Go map, so their order means nothing; a cause that is told twice is told. */
function sortedCauses(causes: unknown): unknown {
  if (!Array.isArray(causes)) return causes;
  const texts = new Set(causes.map(cause => JSON.stringify(cause)));
  return [...texts].sort().map(text => JSON.parse(text));
}

/** `x is invalid: [a, b]` and `[b, a]` say the same. */
function sortedMessage(message: string): string {
  return message.replace(
    /is invalid: \[(.*)\]$/s,
    (_, list: string) =>
      `is invalid: ${list
        .split(/, (?=[\w.]+: )/)
        .sort()
        .join(' AND ')}`,
  );
}

/**
 * Differences between a recorded body and an actual one, each with its path; empty when they agree.
 *
 * @remarks
 * Order of keys counts. A record that the recorder cut (`<recorder>`) is compared as far as it goes.
 */
export function differences(
  recorded: unknown,
  actual: unknown,
  masks: Masks,
  path = '',
  cut = false,
): string[] {
  if (typeof recorded === 'string') {
    if (typeof actual === 'string') {
      const equal = path.endsWith('.message')
        ? masks.matches(sortedMessage(recorded), sortedMessage(actual))
        : masks.matches(recorded, actual);
      if (equal) return [];
      if (recorded.startsWith('apiVersion: ')) {
        return differences(parse(recorded), parse(actual), masks, path);
      }
    }
    return [`${path}: recorded ${show(recorded)}, got ${show(actual)}`];
  }
  if (Array.isArray(recorded)) {
    if (!Array.isArray(actual) || actual.length !== recorded.length) {
      return [`${path}: recorded ${show(recorded)}, got ${show(actual)}`];
    }
    return recorded.flatMap((item, index) =>
      differences(item, actual[index], masks, `${path}[${index}]`, cut),
    );
  }
  if (isRecord(recorded) && isRecord(actual)) {
    return recordDifferences(recorded, actual, masks, path, cut);
  }
  return recorded === actual
    ? []
    : [`${path}: recorded ${show(recorded)}, got ${show(actual)}`];
}

function recordDifferences(
  recorded: Record<string, unknown>,
  actual: Record<string, unknown>,
  masks: Masks,
  path: string,
  insideCut: boolean,
): string[] {
  const cut = insideCut || '<recorder>' in recorded;
  const owned = Array.isArray(recorded.managedFields);
  const { '<recorder>': _mark, ...wanted } = owned
    ? recorded
    : withoutManagedFields(recorded);
  const given = owned ? actual : withoutManagedFields(actual);
  const found: string[] = [];
  const wantedKeys = Object.keys(wanted);
  if (!cut) {
    const extra = Object.keys(given).filter(key => !wantedKeys.includes(key));
    found.push(...extra.map(key => `${path}.${key}: not recorded`));
    const common = Object.keys(given).filter(key => wantedKeys.includes(key));
    const order = wantedKeys.filter(key => common.includes(key));
    if (common.join() !== order.join()) {
      found.push(`${path}: recorded order ${order}, got ${common}`);
    }
  }
  for (const [key, value] of Object.entries(wanted)) {
    const at = `${path}.${key}`;
    if (cut && key === 'names') {
      found.push(...differences(value, namesOf(given), masks, at));
    } else if (cut && key === 'items' && typeof value === 'number') {
      const { length } = given.items as unknown[];
      if (length !== value)
        found.push(`${at}: recorded ${value}, got ${length}`);
    } else if (key === 'causes') {
      found.push(
        ...differences(
          sortedCauses(value),
          sortedCauses(given[key]),
          masks,
          at,
        ),
      );
    } else {
      found.push(...differences(value, given[key], masks, at, cut));
    }
  }
  return found;
}
