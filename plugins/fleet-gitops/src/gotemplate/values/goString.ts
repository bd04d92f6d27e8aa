/**
 * Go strings are bytes. Here they are JavaScript strings in which a byte that is no UTF-8 is a lone low surrogate
 * (0xDC00 + byte), as in Python's "surrogateescape": text stays cheap and no byte is lost.
 */

const NON_ASCII = /[\u0080-\uffff]/;
// With the u flag the class matches lone surrogates only.
const ESCAPED_BYTE = /[\uDC80-\uDCFF]/u;

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', {
  fatal: true,
  ignoreBOM: true,
});

export function isAscii(text: string): boolean {
  return !NON_ASCII.test(text);
}

function hasEscapedBytes(text: string): boolean {
  return ESCAPED_BYTE.test(text);
}

/** The bytes of a Go string. */
export function toBytes(text: string): Uint8Array {
  if (!hasEscapedBytes(text)) {
    return encoder.encode(text);
  }
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (code >= 0xdc80 && code <= 0xdcff) {
      bytes.push(code - 0xdc00);
    } else {
      bytes.push(...encoder.encode(char));
    }
  }
  return Uint8Array.from(bytes);
}

/** One step of Go's utf8.DecodeRune; `size` 1 with code -1 for a byte that is no UTF-8. */
export function decodeRune(
  bytes: Uint8Array,
  offset: number,
): { code: number; size: number } {
  const first = bytes[offset];
  const invalid = { code: -1, size: 1 };
  if (first < 0x80) {
    return { code: first, size: 1 };
  }
  let size = 0;
  let code = 0;
  let low = 0x80;
  let high = 0xbf;
  if (first >= 0xc2 && first <= 0xdf) {
    size = 2;
    code = first & 0x1f;
  } else if (first >= 0xe0 && first <= 0xef) {
    size = 3;
    code = first & 0x0f;
    if (first === 0xe0) low = 0xa0;
    if (first === 0xed) high = 0x9f;
  } else if (first >= 0xf0 && first <= 0xf4) {
    size = 4;
    code = first & 0x07;
    if (first === 0xf0) low = 0x90;
    if (first === 0xf4) high = 0x8f;
  } else {
    return invalid;
  }
  for (let index = 1; index < size; index++) {
    const next = bytes[offset + index];
    if (next === undefined || next < low || next > high) {
      return invalid;
    }
    code = (code << 6) | (next & 0x3f);
    low = 0x80;
    high = 0xbf;
  }
  return { code, size };
}

/** A Go string of these bytes. */
export function fromBytes(bytes: Uint8Array): string {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    let text = '';
    for (let offset = 0; offset < bytes.length; ) {
      const { code, size } = decodeRune(bytes, offset);
      text +=
        code < 0
          ? String.fromCharCode(0xdc00 + bytes[offset])
          : String.fromCodePoint(code);
      offset += size;
    }
    return text;
  }
}

/** Joins escaped bytes that together are UTF-8 (after a concatenation). */
export function normalizeBytes(text: string): string {
  return hasEscapedBytes(text) ? fromBytes(toBytes(text)) : text;
}

/** The text with each byte that is no UTF-8 as U+FFFD, as every UTF-8 reader would show it. */
export function toDisplayText(text: string): string {
  const normalized = normalizeBytes(text);
  return normalized.replace(/[\uD800-\uDFFF]/gu, '\uFFFD');
}

/** Go's `len(s)`. */
export function byteLength(text: string): number {
  return isAscii(text) ? text.length : toBytes(text).length;
}

/** Go's `s[start:end]`; the caller checks the bounds. */
export function byteSlice(text: string, start: number, end?: number): string {
  return isAscii(text)
    ? text.slice(start, end)
    : fromBytes(toBytes(text).subarray(start, end));
}

/** Order of Go strings: by byte. */
export function compareStrings(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  // UTF-16 order differs from byte order only where surrogates are involved.
  if (!/[\uD800-\uDFFF]/.test(left) && !/[\uD800-\uDFFF]/.test(right)) {
    return left < right ? -1 : 1;
  }
  const a = toBytes(left);
  const b = toBytes(right);
  for (let index = 0; index < a.length && index < b.length; index++) {
    if (a[index] !== b[index]) {
      return a[index] - b[index];
    }
  }
  return a.length - b.length;
}

/** The characters of a Go string; a byte that is no UTF-8 is one character. */
export function runes(text: string): string[] {
  return Array.from(text);
}

/** The code point Go sees for a character of `runes`: U+FFFD for a byte that is no UTF-8. */
export function runeCode(char: string): number {
  const code = char.codePointAt(0)!;
  return code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
}
