import {
  GoMap,
  GoObject,
  GoSlice,
  NIL_MAP,
  Value,
  isDict,
} from '../values/types';

function copyEntries(entries: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(entries).map(([key, value]) => [key, deepCopy(value)]),
  );
}

/** A copy that shares no list and no map with the original. */
export function deepCopy(value: Value): Value {
  if (Array.isArray(value)) {
    return value.map(deepCopy);
  }
  if (value instanceof GoSlice) {
    return new GoSlice(
      value.elementType,
      value.items.map(deepCopy),
      value.isNil,
    );
  }
  if (value instanceof GoMap) {
    return new GoMap(value.type, copyEntries(value.entries), value.isNil);
  }
  if (value instanceof GoObject) {
    return value.deepCopy();
  }
  return isDict(value) && value !== NIL_MAP ? copyEntries(value) : value;
}
