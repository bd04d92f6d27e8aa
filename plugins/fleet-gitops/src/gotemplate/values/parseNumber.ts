/**
 * Go's strconv number parsing. Each function answers undefined where strconv answers an error; the callers of this
 * engine never need its text.
 */

/** strconv's underscoreOK: underscores only between digits, or after a base prefix. */
function underscoresAreFine(text: string): boolean {
  const unsigned = text.replace(/^[+-]/, '');
  const prefixed = /^0[bBoOxX]/.test(unsigned);
  const hex = /^0[xX]/.test(unsigned);
  let previous = prefixed ? '0' : '^';
  for (const char of prefixed ? unsigned.slice(2) : unsigned) {
    if (hex ? /[0-9a-fA-F]/.test(char) : /[0-9]/.test(char)) {
      previous = '0';
    } else if (char === '_') {
      if (previous !== '0') {
        return false;
      }
      previous = '_';
    } else {
      if (previous === '_') {
        return false;
      }
      previous = '!';
    }
  }
  return previous !== '_';
}

const DIGITS: Record<number, RegExp> = {
  2: /^[01]+$/,
  8: /^[0-7]+$/,
  10: /^[0-9]+$/,
  16: /^[0-9a-fA-F]+$/,
};
const PREFIX: Record<number, string> = { 2: '0b', 8: '0o', 10: '', 16: '0x' };

/** strconv.ParseUint(text, base, 64) without the limit to 64 bits; base 0 reads prefixes and underscores. */
function parseMagnitude(text: string, base: number): bigint | undefined {
  let digits = text;
  let radix = base;
  if (base === 0) {
    radix = 10;
    const prefix = /^0([bBoOxX])(?=.)/.exec(digits);
    if (prefix) {
      radix = { b: 2, o: 8, x: 16 }[prefix[1].toLowerCase()]!;
      digits = digits.slice(2);
    } else if (digits.length > 1 && digits.startsWith('0')) {
      radix = 8;
      digits = digits.slice(1);
    }
    if (digits.includes('_')) {
      if (!underscoresAreFine(text)) {
        return undefined;
      }
      digits = digits.replaceAll('_', '');
    }
  }
  return DIGITS[radix].test(digits)
    ? BigInt(PREFIX[radix] + digits)
    : undefined;
}

/** strconv.ParseUint(text, base, 64). */
export function parseUnsigned(text: string, base: number): bigint | undefined {
  const value = parseMagnitude(text, base);
  return value === undefined || value > 0xffffffffffffffffn ? undefined : value;
}

/** strconv.ParseInt(text, base, 64). */
export function parseInteger(text: string, base: number): bigint | undefined {
  const sign = /^[+-]/.exec(text)?.[0];
  const magnitude = parseMagnitude(sign ? text.slice(1) : text, base);
  if (magnitude === undefined) {
    return undefined;
  }
  const value = sign === '-' ? -magnitude : magnitude;
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

function parseHexFloat(text: string): number | undefined {
  const match =
    /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)$/.exec(text);
  if (!match || match[2] + match[3] === '') {
    return undefined;
  }
  const [, sign, whole, fraction, exponent] = match;
  const mantissa = Number(BigInt(`0x${whole}${fraction}`));
  const value = mantissa * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -value : value;
}

/** strconv.ParseFloat(text, 64); undefined also when the number is out of range. */
export function parseFloat64(text: string): number | undefined {
  if (/^[+-]?(inf|infinity)$/i.test(text)) {
    return text.startsWith('-') ? -Infinity : Infinity;
  }
  if (/^nan$/i.test(text)) {
    return NaN;
  }
  let digits = text;
  if (digits.includes('_')) {
    if (!underscoresAreFine(digits)) {
      return undefined;
    }
    digits = digits.replaceAll('_', '');
  }
  const value = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/.test(
    digits,
  )
    ? Number(digits)
    : parseHexFloat(digits);
  return value === undefined || !Number.isFinite(value) ? undefined : value;
}
