/** A decimal number: 0.DIGITS × 10^point. */
interface Decimal {
  digits: string;
  point: number;
}

const view = new DataView(new ArrayBuffer(8));

/** The exact decimal expansion of a positive finite float64. */
function exactDecimal(value: number): Decimal {
  if (value === 0) {
    return { digits: '', point: 0 };
  }
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  const exponent = (biased === 0 ? 1 : biased) - 1075;
  if (exponent >= 0) {
    const digits = (mantissa << BigInt(exponent)).toString();
    return { digits: digits.replace(/0+$/, ''), point: digits.length };
  }
  // m / 2^k = m * 5^k / 10^k
  const digits = (mantissa * 5n ** BigInt(-exponent)).toString();
  return {
    digits: digits.replace(/0+$/, ''),
    point: digits.length + exponent,
  };
}

/** The shortest decimal that reads back as the same float64. */
function shortestDecimal(value: number): Decimal {
  if (value === 0) {
    return { digits: '', point: 0 };
  }
  const [mantissa, exponent] = value.toExponential().split('e');
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 };
}

/** Rounds to a number of digits, halves to even as strconv does. */
function roundDecimal({ digits, point }: Decimal, count: number): Decimal {
  if (count < 0) {
    return { digits: '', point };
  }
  if (count >= digits.length) {
    return { digits, point };
  }
  const next = digits.charCodeAt(count) - 48;
  const exactlyHalf = next === 5 && count + 1 === digits.length;
  const previousIsOdd =
    count > 0 && (digits.charCodeAt(count - 1) - 48) % 2 === 1;
  const up = exactlyHalf ? previousIsOdd : next >= 5;
  const kept = digits.slice(0, count);
  if (!up) {
    return { digits: kept.replace(/0+$/, ''), point };
  }
  const raised = (BigInt(kept || '0') + 1n).toString().padStart(count, '0');
  return raised.length > count
    ? { digits: '1', point: point + 1 }
    : { digits: raised.replace(/0+$/, ''), point };
}

function digitAt(digits: string, index: number): string {
  return digits[index] ?? '0';
}

function formatExponent(
  { digits, point }: Decimal,
  precision: number,
  letter: string,
): string {
  let fraction = '';
  for (let index = 1; index <= precision; index++) {
    fraction += digitAt(digits, index);
  }
  const exponent = digits === '' ? 0 : point - 1;
  const sign = exponent < 0 ? '-' : '+';
  return `${digitAt(digits, 0)}${
    fraction && '.'
  }${fraction}${letter}${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function formatFixed({ digits, point }: Decimal, precision: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  let fraction = '';
  for (let index = 0; index < precision; index++) {
    const position = point + index;
    fraction += position < 0 ? '0' : digitAt(digits, position);
  }
  return whole + (fraction && '.') + fraction;
}

/** `%b` and `%x`: binary exponents. */
function formatBinary(value: number, verb: string, precision: number): string {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  let mantissa = bits & 0xfffffffffffffn;
  let exponent = biased === 0 ? -1022 : biased - 1023;
  if (biased !== 0) {
    mantissa |= 0x10000000000000n;
  }
  if (verb === 'b') {
    const power = exponent - 52;
    return `${mantissa}p${power < 0 ? '' : '+'}${power}`;
  }
  if (mantissa === 0n) {
    exponent = 0;
  }
  // Normalise to 1.xxx, then keep 60 bits behind the point.
  while (mantissa !== 0n && mantissa < 0x10000000000000n) {
    mantissa <<= 1n;
    exponent--;
  }
  let fixed = mantissa << 8n;
  if (precision >= 0 && precision < 15) {
    const shift = BigInt(precision * 4);
    const extra = (fixed << shift) & 0xfffffffffffffffn;
    fixed >>= 60n - shift;
    if ((extra | (fixed & 1n)) > 0x800000000000000n) {
      fixed++;
    }
    fixed <<= 60n - shift;
    if ((fixed & (1n << 61n)) !== 0n) {
      fixed >>= 1n;
      exponent++;
    }
  }
  let fraction = (fixed & 0xfffffffffffffffn).toString(16).padStart(15, '0');
  fraction =
    precision < 0
      ? fraction.replace(/0+$/, '')
      : fraction.slice(0, precision).padEnd(precision, '0');
  const sign = exponent < 0 ? '-' : '+';
  const text = `0x${(fixed >> 60n) & 1n}${
    fraction && '.'
  }${fraction}p${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  return verb === 'X' ? text.toUpperCase() : text;
}

/**
 * strconv.FormatFloat(value, verb, precision, 64).
 *
 * @param verb - one of b e E f g G x X
 * @param precision - digits after the point (significant digits for g and G); -1 for the shortest exact text
 */
export function formatFloat(
  value: number,
  verb: string,
  precision: number,
): string {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const magnitude = Math.abs(value);
  if (magnitude === Infinity) {
    return `${sign || '+'}Inf`;
  }
  if (verb === 'b' || verb === 'x' || verb === 'X') {
    return sign + formatBinary(magnitude, verb, precision);
  }
  const shortest = precision < 0;
  let decimal = shortest ? shortestDecimal(magnitude) : exactDecimal(magnitude);
  let digits = precision;
  if (!shortest) {
    if (verb === 'e' || verb === 'E') {
      decimal = roundDecimal(decimal, digits + 1);
    } else if (verb === 'f') {
      decimal = roundDecimal(decimal, decimal.point + digits);
    } else {
      digits = digits === 0 ? 1 : digits;
      decimal = roundDecimal(decimal, digits);
    }
  } else if (verb === 'e' || verb === 'E') {
    digits = Math.max(decimal.digits.length - 1, 0);
  } else if (verb === 'f') {
    digits = Math.max(decimal.digits.length - decimal.point, 0);
  } else {
    digits = decimal.digits.length;
  }
  if (verb === 'e' || verb === 'E') {
    return sign + formatExponent(decimal, digits, verb);
  }
  if (verb === 'f') {
    return sign + formatFixed(decimal, digits);
  }
  let threshold = digits;
  if (
    threshold > decimal.digits.length &&
    decimal.digits.length >= decimal.point
  ) {
    threshold = decimal.digits.length;
  }
  if (shortest) {
    threshold = 6;
  }
  const exponent = decimal.digits === '' ? -1 : decimal.point - 1;
  if (exponent < -4 || exponent >= threshold) {
    return (
      sign +
      formatExponent(
        decimal,
        Math.min(digits, decimal.digits.length) - 1,
        verb === 'g' ? 'e' : 'E',
      )
    );
  }
  return (
    sign +
    formatFixed(decimal, Math.max(decimal.digits.length - decimal.point, 0))
  );
}

/** A float64 as `%v` prints it. */
export function floatText(value: number): string {
  // Small integers print the same in both languages, and are by far the most frequent.
  if (
    Number.isInteger(value) &&
    Math.abs(value) < 1e6 &&
    !Object.is(value, -0)
  ) {
    return String(value);
  }
  return formatFloat(value, 'g', -1);
}
