import { parseFloat64, parseInteger } from '../values/parseNumber';
import { GoInteger, GoObject, Value } from '../values/types';

const MIN_INT64 = -(2n ** 63n);

/** Go's conversion of a float64 to int64 on amd64: what does not fit becomes the smallest integer. */
function truncateToInt64(value: number): bigint {
  if (!Number.isFinite(value)) {
    return MIN_INT64;
  }
  const whole = BigInt(Math.trunc(value));
  return BigInt.asIntN(64, whole) === whole ? whole : MIN_INT64;
}

/** `8.00` as `8`: zeros after a decimal point are dropped (spf13/cast's trimZeroDecimal). */
function trimZeroDecimal(text: string): string {
  return text.replace(/\.0+$/, '');
}

function underlyingNumber(value: Value): Value {
  return value instanceof GoObject ? value.underlying() : value;
}

/** spf13/cast's ToInt64, which Sprig's integer functions use: 0 for what is no number. */
export function toInt64(value: Value): bigint {
  const number = underlyingNumber(value);
  if (number instanceof GoInteger) {
    return BigInt.asIntN(64, number.value);
  }
  switch (typeof number) {
    case 'number':
      return truncateToInt64(number);
    case 'string':
      return parseInteger(trimZeroDecimal(number), 0) ?? 0n;
    case 'boolean':
      return number ? 1n : 0n;
    default:
      return 0n;
  }
}

/** spf13/cast's ToFloat64, which Sprig's float functions use: 0 for what is no number. */
export function toFloat64(value: Value): number {
  const number = underlyingNumber(value);
  if (number instanceof GoInteger) {
    return Number(number.value);
  }
  switch (typeof number) {
    case 'number':
      return number;
    case 'string':
      return parseFloat64(number) ?? 0;
    case 'boolean':
      return number ? 1 : 0;
    default:
      return 0;
  }
}
