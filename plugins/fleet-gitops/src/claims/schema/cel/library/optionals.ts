import { EvaluationFailure, NotSupported } from '../errors';
import { CelValue, Duration, Optional, Timestamp, Uint } from '../types';
import type { Library } from './types';

function isZero(value: CelValue): boolean {
  if (value === null || value === false || value === '') return true;
  if (value === 0n || value === 0) return true;
  if (value instanceof Uint) return value.value === 0n;
  if (value instanceof Duration) return value.nanos === 0n;
  if (value instanceof Timestamp) return false;
  if (value instanceof Uint8Array) return value.length === 0;
  const isEmpty = Array.isArray(value)
    ? value.length === 0
    : value instanceof Map && !value.size;
  // Of an object's fields an empty list counts as a value, of literals it does not.
  if (isEmpty) throw new NotSupported('whether what is empty is a value');
  return false;
}

function at(items: CelValue[], index: number): Optional {
  const item = items.at(index);
  return item === undefined ? Optional.NONE : Optional.of(item);
}

const unwrap = (items: Optional[]) =>
  items.flatMap(({ isPresent, value }) => (isPresent ? [value] : []));

/** What is no macro of optional values. Source: cel-go `cel/library.go`. */
export const OPTIONALS: Library = {
  'optional.of(any)': Optional.of,
  'optional.none()': () => Optional.NONE,
  'optional.ofNonZeroValue(any)': value =>
    isZero(value) ? Optional.NONE : Optional.of(value),
  '<optional>.hasValue()': ({ isPresent }) => isPresent,
  '<optional>.value()': ({ isPresent, value }) => {
    if (isPresent) return value;
    throw new EvaluationFailure('optional.none() dereference');
  },
  '<list>.first()': items => at(items, 0),
  '<list>.last()': items => at(items, -1),
  'optional.unwrap(list)': unwrap,
  '<list>.unwrapOpt()': unwrap,
};
