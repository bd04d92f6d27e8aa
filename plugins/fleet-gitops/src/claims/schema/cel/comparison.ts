import { EvaluationFailure, NotSupported } from './errors';
import {
  CelObject,
  CelType,
  CelValue,
  characters,
  Duration,
  keysOf,
  Optional,
  Timestamp,
  typeOf,
  Uint,
  UnknownText,
} from './types';

/** A value of an extension library that says itself what it equals. */
export interface Equatable {
  equals(other: unknown): boolean;
}

/** Whether two values are equal; values of different types never are, but for numbers. Source: cel-go `common/types`. */
export function equals(left: CelValue, right: CelValue): boolean {
  if (left instanceof UnknownText || right instanceof UnknownText)
    throw new NotSupported('the text of a message is not known');
  if (isNumber(left) && isNumber(right))
    return compareNumbers(left, right) === 0;
  if (Array.isArray(left))
    return Array.isArray(right) && equalLists(left, right);
  if (left instanceof Map)
    return right instanceof Map && equalMaps(left, right);
  if (left instanceof CelObject)
    return right instanceof CelObject && equalObjects(left, right);
  if (left instanceof Timestamp || left instanceof Duration)
    return (
      right?.constructor === left.constructor && left.nanos === right.nanos
    );
  if (left instanceof CelType)
    return right instanceof CelType && left.name === right.name;
  if (left instanceof Optional)
    return (
      right instanceof Optional &&
      left.isPresent === right.isPresent &&
      (!left.isPresent || equals(left.value, right.value))
    );
  if (left instanceof Uint8Array)
    return right instanceof Uint8Array && compareLists(left, right) === 0;
  if (typeof left?.equals === 'function')
    return left.constructor === right?.constructor && left.equals(right);
  return left === right;
}

function isNumber(value: CelValue): value is bigint | number | Uint {
  return (
    typeof value === 'bigint' ||
    typeof value === 'number' ||
    value instanceof Uint
  );
}

function plain(value: bigint | number | Uint): bigint | number {
  return value instanceof Uint ? value.value : value;
}

/** Negative, 0 or positive; `NaN` where one is none. As in Go, a whole number is rounded where the other is a `double`. */
function compareNumbers(
  left: bigint | number | Uint,
  right: bigint | number | Uint,
): number {
  const [one, other] = [plain(left), plain(right)];
  return typeof one === typeof other
    ? order(one, other)
    : order(Number(one), Number(other));
}

function order(one: bigint | number, other: bigint | number): number {
  if (one < other) return -1;
  if (one > other) return 1;
  return one === other ? 0 : NaN;
}

function equalLists(left: CelValue[], right: CelValue[]): boolean {
  if (left.length !== right.length) return false;
  const keys = keysOf(left);
  if (!keys) return left.every((item, index) => equals(item, right[index]));
  if (keys.length > 0)
    return right.every(item => {
      const same = left.find(known =>
        keys.every(key => equals(keyOf(known, key), keyOf(item, key))),
      );
      return same !== undefined && equals(same, item);
    });
  const simple = ['string', 'int', 'bool'];
  if (![...left, ...right].every(item => simple.includes(typeOf(item))))
    throw new NotSupported('sets of such items are not compared');
  return right.every(item => left.some(known => known === item));
}

function keyOf(item: CelValue, key: string): CelValue {
  if (!(item instanceof CelObject))
    throw new NotSupported('lists by keys have objects only');
  return item.fields.get(key);
}

function equalMaps(left: Map<any, any>, right: Map<any, any>): boolean {
  return (
    left.size === right.size &&
    [...left].every(
      ([key, value]) => right.has(key) && equals(value, right.get(key)),
    )
  );
}

function equalObjects(left: CelObject, right: CelObject): boolean {
  return (
    equalMaps(left.fields as Map<any, any>, right.fields as Map<any, any>) &&
    isDeepEqual(left.unknown, right.unknown)
  );
}

/** Whether two JSON values are equal. */
export function isDeepEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  if (!left || !right || Array.isArray(left) !== Array.isArray(right))
    return false;
  const [one, other] = [Object.entries(left), right as Record<string, unknown>];
  return (
    one.length === Object.keys(right).length &&
    one.every(
      ([key, value]) =>
        Object.hasOwn(other, key) && isDeepEqual(value, other[key]),
    )
  );
}

/**
 * The order of two values: negative, 0 or positive.
 *
 * @throws `EvaluationFailure` where one is no number, `NotSupported` where their types have no order
 */
export function compare(left: CelValue, right: CelValue): number {
  if (isNumber(left) && isNumber(right)) {
    const result = compareNumbers(left, right);
    if (Number.isNaN(result))
      throw new EvaluationFailure('NaN values cannot be ordered');
    return result;
  }
  const [type, other] = [typeOf(left), typeOf(right)];
  if (type === other) {
    if (type === 'string') return compareTexts(left, right);
    if (type === 'bool') return Number(left) - Number(right);
    if (type === 'bytes') return compareLists(left, right);
    if (type === 'timestamp' || type === 'duration')
      return compareNumbers(left.nanos, right.nanos);
  }
  throw new NotSupported(`no such overload: order of ${type} and ${other}`);
}

/** By code points, as Go compares the bytes of UTF-8. */
function compareTexts(left: string, right: string): number {
  const points = (text: string) =>
    characters(text).map(character => character.codePointAt(0)!);
  return compareLists(points(left), points(right));
}

function compareLists(left: ArrayLike<number>, right: ArrayLike<number>) {
  for (let index = 0; index < left.length && index < right.length; index++)
    if (left[index] !== right[index]) return left[index] - right[index];
  return left.length - right.length;
}
