import { FunctionError } from '../errors';

/** Standard base64 of bytes. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}

const ALPHABET =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const PADDING = 61;

const VALUES = new Int8Array(256).fill(-1);
Array.from(ALPHABET).forEach((char, value) => {
  VALUES[char.charCodeAt(0)] = value;
});

function corrupt(offset: number): never {
  throw new FunctionError(`illegal base64 data at input byte ${offset}`);
}

function isNewline(byte: number): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

/** Checks the end of the input after its first padding character; `position` is behind that. */
function checkPadding(
  source: Uint8Array,
  position: number,
  digits: number,
): void {
  let next = position;
  const skipNewlines = () => {
    while (next < source.length && isNewline(source[next])) {
      next++;
    }
  };
  if (digits < 2) {
    corrupt(position - 1);
  }
  if (digits === 2) {
    skipNewlines();
    if (next === source.length) {
      corrupt(source.length);
    }
    if (source[next] !== PADDING) {
      corrupt(next - 1);
    }
    next++;
  }
  skipNewlines();
  if (next < source.length) {
    corrupt(next);
  }
}

/**
 * base64.StdEncoding's DecodeString.
 *
 * @throws FunctionError with the offset of the first wrong byte
 */
export function decodeBase64(source: Uint8Array): Uint8Array {
  const out: number[] = [];
  let position = 0;
  let digits: number[] = [];
  while (position < source.length) {
    const byte = source[position];
    position++;
    if (VALUES[byte] >= 0) {
      digits.push(VALUES[byte]);
      if (digits.length === 4) {
        const [a, b, c, d] = digits;
        out.push(
          (a << 2) | (b >> 4),
          ((b & 15) << 4) | (c >> 2),
          ((c & 3) << 6) | d,
        );
        digits = [];
      }
    } else if (!isNewline(byte)) {
      if (byte !== PADDING) {
        corrupt(position - 1);
      }
      checkPadding(source, position, digits.length);
      const [a, b, c = 0] = digits;
      out.push((a << 2) | (b >> 4));
      if (digits.length === 3) {
        out.push(((b & 15) << 4) | (c >> 2));
      }
      return Uint8Array.from(out);
    }
  }
  if (digits.length > 0) {
    corrupt(position - digits.length);
  }
  return Uint8Array.from(out);
}
