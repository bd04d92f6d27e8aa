import {
  GoInteger,
  GoMap,
  GoObject,
  Value,
  isDict,
  isNilCollection,
  mapEntries,
  sliceItems,
  typeOf,
} from '../values/types';

/** reflect.DeepEqual: same types and same content. */
export function deepEqual(left: Value, right: Value): boolean {
  if (left === right) {
    // A NaN differs from itself, nil and no value are the same to a function.
    return true;
  }
  if (
    left === undefined ||
    left === null ||
    right === undefined ||
    right === null
  ) {
    return (left ?? null) === (right ?? null);
  }
  if (
    typeOf(left) !== typeOf(right) ||
    isNilCollection(left) !== isNilCollection(right)
  ) {
    return false;
  }
  if (left instanceof GoInteger) {
    return left.value === (right as GoInteger).value;
  }
  if (left instanceof GoObject) {
    return left.equals(right as GoObject);
  }
  const leftItems = sliceItems(left);
  if (leftItems) {
    const rightItems = sliceItems(right)!;
    return (
      leftItems.length === rightItems.length &&
      leftItems.every((item, index) => deepEqual(item, rightItems[index]))
    );
  }
  if (left instanceof GoMap || isDict(left)) {
    const leftEntries = mapEntries(left)!;
    const rightEntries = mapEntries(right)!;
    const keys = Object.keys(leftEntries);
    return (
      keys.length === Object.keys(rightEntries).length &&
      keys.every(
        key =>
          Object.hasOwn(rightEntries, key) &&
          deepEqual(leftEntries[key], rightEntries[key]),
      )
    );
  }
  return false;
}
