import { normalizeBytes } from './goString';

const SIMPLE: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

function escapedByte(byte: number): string {
  return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
}

/**
 * One character of a Go literal (strconv.UnquoteChar): its code point, or its byte for `\x` and octal escapes.
 * Undefined when it is no valid escape.
 */
function unquoteCharacter(
  text: string,
  pos: number,
  quote: string,
): { value: string; code: number; end: number } | undefined {
  const char = String.fromCodePoint(text.codePointAt(pos)!);
  if (char !== '\\') {
    return char === quote && (quote === "'" || quote === '"')
      ? undefined
      : { value: char, code: char.codePointAt(0)!, end: pos + char.length };
  }
  const escape = text[pos + 1] ?? '';
  if (SIMPLE[escape] !== undefined) {
    return {
      value: SIMPLE[escape],
      code: SIMPLE[escape].charCodeAt(0),
      end: pos + 2,
    };
  }
  if (escape === "'" || escape === '"') {
    return escape === quote
      ? { value: escape, code: escape.charCodeAt(0), end: pos + 2 }
      : undefined;
  }
  const digitCount = { x: 2, u: 4, U: 8 }[escape];
  if (digitCount) {
    const digits = text.slice(pos + 2, pos + 2 + digitCount);
    if (digits.length < digitCount || !/^[0-9a-fA-F]+$/.test(digits)) {
      return undefined;
    }
    const code = parseInt(digits, 16);
    const end = pos + 2 + digitCount;
    if (escape === 'x') {
      return { value: escapedByte(code), code, end };
    }
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
      return undefined;
    }
    return { value: String.fromCodePoint(code), code, end };
  }
  const octal = /^[0-7]{3}/.exec(text.slice(pos + 1, pos + 4))?.[0];
  const code = octal === undefined ? 256 : parseInt(octal, 8);
  return code > 255
    ? undefined
    : { value: escapedByte(code), code, end: pos + 4 };
}

/** strconv.Unquote of a `"…"` or back-quoted literal; undefined when it is none. */
export function unquoteString(literal: string): string | undefined {
  if (literal.startsWith('`')) {
    return literal.slice(1, -1).replaceAll('\r', '');
  }
  const body = literal.slice(1, -1);
  if (!body.includes('\\')) {
    return body;
  }
  let result = '';
  for (let pos = 0; pos < body.length; ) {
    const char = unquoteCharacter(body, pos, '"');
    if (!char) {
      return undefined;
    }
    result += char.value;
    pos = char.end;
  }
  return normalizeBytes(result);
}

/** The code point of a `'x'` literal; an error text when it is none. */
export function unquoteChar(literal: string): number | string {
  const char =
    literal.length > 2 ? unquoteCharacter(literal, 1, "'") : undefined;
  if (!char) {
    return 'invalid syntax';
  }
  return literal.slice(char.end) === "'"
    ? char.code
    : `malformed character constant: ${literal}`;
}
