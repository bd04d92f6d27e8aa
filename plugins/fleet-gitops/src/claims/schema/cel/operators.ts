import { compare, equals } from './comparison';
import { EvaluationFailure, NotSupported } from './errors';
import {
  CelObject,
  CelValue,
  Duration,
  keyedList,
  keysOf,
  mapKey,
  Timestamp,
  typeOf,
  Uint,
} from './types';

const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;
const MAX_UINT = 2n ** 64n - 1n;
const NANOS = 1_000_000_000n;
/** The years 1 to 9999. Source: cel-go `common/types/timestamp.go`. */
const FIRST_NANO = -62135596800n * NANOS;
const LAST_NANO = 253402300800n * NANOS - 1n;

type Operator = (left: any, right: any) => CelValue;

/** @throws `EvaluationFailure` where a number does not fit 64 bits */
export function int(value: bigint): bigint {
  if (value < MIN_INT || value > MAX_INT)
    throw new EvaluationFailure('integer overflow');
  return value;
}

/** @throws `EvaluationFailure` where a number does not fit 64 bits without a sign */
export function uint(value: bigint): Uint {
  if (value < 0n || value > MAX_UINT)
    throw new EvaluationFailure('unsigned integer overflow');
  return new Uint(value);
}

/** @throws `EvaluationFailure` where an amount of time does not fit 64 bits */
export function duration(nanos: bigint): Duration {
  return new Duration(int(nanos));
}

/** @throws `EvaluationFailure` where a time is outside of the years 1 to 9999 */
export function timestamp(nanos: bigint, offset = 0): Timestamp {
  if (nanos < FIRST_NANO || nanos > LAST_NANO)
    throw new EvaluationFailure('timestamp overflow');
  return new Timestamp(nanos, offset);
}

function divisor(value: bigint, what: string): bigint {
  if (value === 0n) throw new EvaluationFailure(`${what} by zero`);
  return value;
}

function concatBytes(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(left.length + right.length);
  bytes.set(left);
  bytes.set(right, left.length);
  return bytes;
}

/** Source: apiserver `pkg/cel/common/valuesunstructured.go`: lists of type `set` and `map` are united. */
function addLists(left: CelValue[], right: CelValue[]): CelValue[] {
  const keys = keysOf(left);
  if (!keys) return [...left, ...right];
  const same = (one: CelValue, other: CelValue) =>
    keys.length === 0
      ? equals(one, other)
      : keys.every(key => equals(one.fields?.get(key), other.fields?.get(key)));
  const items = [...left];
  for (const item of right) {
    const at = items.findIndex(known => same(known, item));
    if (at === -1) items.push(item);
    else items[at] = item;
  }
  return keyedList(items, keys);
}

/** Source: cel-go `common/stdlib/standard.go`. */
const ARITHMETIC: Record<string, Operator> = {
  'int + int': (a: bigint, b: bigint) => int(a + b),
  'int - int': (a: bigint, b: bigint) => int(a - b),
  'int * int': (a: bigint, b: bigint) => int(a * b),
  'int / int': (a: bigint, b: bigint) => int(a / divisor(b, 'division')),
  'int % int': (a: bigint, b: bigint) => a % divisor(b, 'modulus'),
  'uint + uint': (a: Uint, b: Uint) => uint(a.value + b.value),
  'uint - uint': (a: Uint, b: Uint) => uint(a.value - b.value),
  'uint * uint': (a: Uint, b: Uint) => uint(a.value * b.value),
  'uint / uint': (a: Uint, b: Uint) =>
    uint(a.value / divisor(b.value, 'division')),
  'uint % uint': (a: Uint, b: Uint) =>
    uint(a.value % divisor(b.value, 'modulus')),
  'double + double': (a, b) => a + b,
  'double - double': (a, b) => a - b,
  'double * double': (a, b) => a * b,
  'double / double': (a, b) => a / b,
  'string + string': (a, b) => a + b,
  'bytes + bytes': concatBytes,
  'list + list': addLists,
  'duration + duration': (a: Duration, b: Duration) =>
    duration(a.nanos + b.nanos),
  'duration - duration': (a: Duration, b: Duration) =>
    duration(a.nanos - b.nanos),
  'duration + timestamp': (a: Duration, b: Timestamp) =>
    timestamp(a.nanos + b.nanos, b.offset),
  'timestamp + duration': (a: Timestamp, b: Duration) =>
    timestamp(a.nanos + b.nanos, a.offset),
  'timestamp - duration': (a: Timestamp, b: Duration) =>
    timestamp(a.nanos - b.nanos, a.offset),
  'timestamp - timestamp': (a: Timestamp, b: Timestamp) =>
    duration(a.nanos - b.nanos),
};

const ORDER: Record<string, (order: number) => boolean> = {
  '<': order => order < 0,
  '<=': order => order <= 0,
  '>': order => order > 0,
  '>=': order => order >= 0,
};

/**
 * Applies an operator of two values.
 *
 * @throws `EvaluationFailure` where the values cannot be taken, `NotSupported` where their types have no such operator
 */
export function applyOperator(
  operator: string,
  left: CelValue,
  right: CelValue,
): CelValue {
  if (operator === '==') return equals(left, right);
  if (operator === '!=') return !equals(left, right);
  if (operator === 'in') return isIn(left, right);
  if (Object.hasOwn(ORDER, operator))
    return ORDER[operator](compare(left, right));
  const signature = `${typeOf(left)} ${operator} ${typeOf(right)}`;
  if (!Object.hasOwn(ARITHMETIC, signature))
    throw new NotSupported(`no such overload: ${signature}`);
  return ARITHMETIC[signature](left, right);
}

/** The opposite of a number or an amount of time. */
export function negate(value: CelValue): CelValue {
  if (typeof value === 'bigint') return int(-value);
  if (typeof value === 'number') return -value;
  if (value instanceof Duration) return duration(-value.nanos);
  throw new NotSupported(`no such overload: -${typeOf(value)}`);
}

/** Whether a list has an item, or a map a key. */
export function isIn(wanted: CelValue, all: CelValue): boolean {
  if (Array.isArray(all)) return all.some(item => equals(item, wanted));
  if (all instanceof Map) return all.has(mapKey(wanted));
  const what = all instanceof CelObject ? 'object' : typeOf(all);
  throw new NotSupported(`no such overload: ${typeOf(wanted)} in ${what}`);
}
