import {
  Value,
  GoInteger,
  kindOf,
  sliceItems,
  mapEntries,
  GoObject,
} from './types';

function isEmptyRecord(record: Record<string, Value>): boolean {
  for (const key in record) {
    if (Object.hasOwn(record, key)) {
      return false;
    }
  }
  return true;
}

/** Whether `if` takes a value as true (text/template's IsTrue): not nil, zero or empty. */
export function isTrue(value: Value): boolean {
  switch (typeof value) {
    case 'string':
      return value !== '';
    case 'boolean':
      return value;
    case 'number':
      return value !== 0;
    default:
  }
  if (value === undefined || value === null) {
    return false;
  }
  if (value instanceof GoInteger) {
    return value.value !== 0n;
  }
  if (value instanceof GoObject) {
    return value.isTrue();
  }
  const items = sliceItems(value);
  if (items) {
    return items.length > 0;
  }
  return !isEmptyRecord(mapEntries(value)!);
}

/** Sprig's `empty`: the same as not true, for every value a template can hold. */
export function isEmpty(value: Value): boolean {
  return !isTrue(value);
}

/** Go's `len` on a value with a length, else undefined. */
export function entryCount(value: Value): number | undefined {
  const items = sliceItems(value);
  if (items) {
    return items.length;
  }
  const entries = kindOf(value) === 'map' ? mapEntries(value) : undefined;
  return entries ? Object.keys(entries).length : undefined;
}
