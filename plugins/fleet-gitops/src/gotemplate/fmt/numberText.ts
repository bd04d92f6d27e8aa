import { Flags } from './flags';

/** An integer with sign, prefix and leading zeros, before it is padded (fmt's fmtInteger). */
export function integerText(
  value: bigint,
  base: 2 | 8 | 10 | 16,
  verb: string,
  flags: Flags,
): string {
  const { width, precision, zero, minus, plus, space, sharp } = flags;
  const negative = value < 0n;
  let minimum = 0;
  if (precision !== undefined) {
    minimum = precision;
    if (precision === 0 && value === 0n) {
      return '';
    }
  } else if (zero && !minus && width !== undefined) {
    minimum = width - (negative || plus || space ? 1 : 0);
  }
  let digits = (negative ? -value : value)
    .toString(base)
    .padStart(minimum, '0');
  if (verb === 'X') {
    digits = digits.toUpperCase();
  }
  if (sharp) {
    if (base === 2) {
      digits = `0b${digits}`;
    } else if (base === 8 && !digits.startsWith('0')) {
      digits = `0${digits}`;
    } else if (base === 16) {
      digits = `0${verb === 'X' ? 'X' : 'x'}${digits}`;
    }
  }
  if (verb === 'O') {
    digits = `0o${digits}`;
  }
  let sign = '';
  if (negative) {
    sign = '-';
  } else if (plus) {
    sign = '+';
  } else if (space) {
    sign = ' ';
  }
  return sign + digits;
}

/** `%#g` and friends: always a decimal point, trailing zeros kept. */
export function withAlternateForm(
  text: string,
  verb: string,
  precision: number,
): string {
  const isHex = verb === 'x' || verb === 'X';
  const match = (isHex ? /^(.*?)([pP].*)?$/ : /^(.*?)([eE].*)?$/).exec(text)!;
  let mantissa = match[1];
  const tail = match[2] ?? '';
  let missing = 0;
  if ('vgGx'.includes(verb)) {
    missing = precision === -1 ? 6 : precision;
  }
  const significant = mantissa.replace('.', '').replace(/^0+/, '').length;
  missing -= significant;
  if (!mantissa.includes('.')) {
    if (mantissa === '0') {
      missing--;
    }
    mantissa += '.';
  }
  return mantissa + '0'.repeat(Math.max(missing, 0)) + tail;
}
