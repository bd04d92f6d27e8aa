import { runeCode, runes } from '../values/goString';

const SHORT: Record<string, string> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/** unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space. */
export function isPrintable(char: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(char);
}

function isEscapedByte(char: string): boolean {
  const code = char.charCodeAt(0);
  return char.length === 1 && code >= 0xdc80 && code <= 0xdcff;
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}

function quoteCharacter(
  char: string,
  quote: string,
  asciiOnly: boolean,
): string {
  if (char === quote) {
    return `\\${char}`;
  }
  if (SHORT[char]) {
    return SHORT[char];
  }
  if (isEscapedByte(char)) {
    return `\\x${hex(char.charCodeAt(0) - 0xdc00, 2)}`;
  }
  const code = char.codePointAt(0)!;
  if (isPrintable(char) && (!asciiOnly || code < 0x80)) {
    return char;
  }
  if (code < 0x20 || code === 0x7f) {
    return `\\x${hex(code, 2)}`;
  }
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

const PLAIN = /^[ !#-[\]-~]*$/;

/** strconv.Quote, or QuoteToASCII. */
export function quoteString(text: string, asciiOnly = false): string {
  return PLAIN.test(text)
    ? `"${text}"`
    : `"${runes(text)
        .map(char => quoteCharacter(char, '"', asciiOnly))
        .join('')}"`;
}

/** strconv.QuoteRune, or QuoteRuneToASCII. */
export function quoteRune(code: number, asciiOnly = false): string {
  const valid =
    code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  const char = String.fromCodePoint(valid ? code : 0xfffd);
  return `'${quoteCharacter(char, "'", asciiOnly)}'`;
}

/** strconv.CanBackquote. */
export function canBackquote(text: string): boolean {
  return runes(text).every(char => {
    const code = runeCode(char);
    return !(
      isEscapedByte(char) ||
      code === 0xfeff ||
      (code < 0x20 && char !== '\t') ||
      char === '`' ||
      code === 0x7f
    );
  });
}
