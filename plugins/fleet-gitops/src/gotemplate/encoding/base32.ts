import { FunctionError } from '../errors';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Standard base32 of bytes. */
export function encodeBase32(bytes: Uint8Array): string {
  let bits = 0;
  let count = 0;
  let out = '';
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    count += 8;
    while (count >= 5) {
      count -= 5;
      out += ALPHABET[(bits >> count) & 31];
    }
  }
  if (count > 0) {
    out += ALPHABET[(bits << (5 - count)) & 31];
  }
  return out.padEnd(Math.ceil(out.length / 8) * 8, '=');
}

function corrupt(offset: number): never {
  throw new FunctionError(`illegal base32 data at input byte ${offset}`);
}

/** Number of digits in a last group whose padding begins at `position`; checks the padding. */
function paddedGroup(source: string, position: number, digits: number): number {
  const rest = source.slice(position + 1);
  if (rest.length + digits < 7) {
    corrupt(source.length);
  }
  for (let index = 0; index < 7 - digits; index++) {
    if (index < rest.length && rest[index] !== '=') {
      corrupt(position + index);
    }
  }
  if (digits === 3 || digits === 6) {
    corrupt(position);
  }
  return digits;
}

/**
 * base32.StdEncoding's DecodeString.
 *
 * @param text - bytes as characters
 * @throws FunctionError with the offset of the first wrong byte, newlines not counted
 */
export function decodeBase32(text: string): Uint8Array {
  const source = text.replace(/[\r\n]/g, '');
  const out: number[] = [];
  let position = 0;
  while (position < source.length) {
    let value = 0n;
    let digits = 0;
    let isLast = false;
    while (digits < 8 && !isLast) {
      if (position >= source.length) {
        corrupt(source.length - digits);
      }
      const char = source[position];
      if (char === '=' && digits >= 2 && source.length - position - 1 < 8) {
        paddedGroup(source, position, digits);
        isLast = true;
      } else {
        const digit = ALPHABET.indexOf(char);
        if (digit < 0) {
          corrupt(position);
        }
        value = (value << 5n) | BigInt(digit);
        digits++;
        position++;
      }
    }
    const byteCount = Math.floor((digits * 5) / 8);
    const aligned = value >> BigInt(digits * 5 - byteCount * 8);
    for (let index = byteCount - 1; index >= 0; index--) {
      out.push(Number((aligned >> BigInt(index * 8)) & 255n));
    }
    if (isLast) {
      break;
    }
  }
  return Uint8Array.from(out);
}
