export type TokenType =
  | 'error'
  | 'bool'
  | 'char'
  | 'charConstant'
  | 'complex'
  | 'assign'
  | 'declare'
  | 'eof'
  | 'field'
  | 'identifier'
  | 'leftDelimiter'
  | 'leftParen'
  | 'number'
  | 'pipe'
  | 'rawString'
  | 'rightDelimiter'
  | 'rightParen'
  | 'space'
  | 'string'
  | 'text'
  | 'variable'
  | 'dot'
  | 'keyword';

export interface Token {
  type: TokenType;
  pos: number;
  line: number;
  value: string;
}

export const KEYWORDS: ReadonlySet<string> = new Set([
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'range',
  'nil',
  'template',
  'with',
]);

const SPACE = ' \t\r\n';
const LETTER_OR_DIGIT = /^[\p{L}\p{Nd}_]$/u;

/** A letter, digit or underscore. */
export function isAlphanumeric(char: string): boolean {
  return char !== '' && LETTER_OR_DIGIT.test(char);
}

/** A space to the scanner: no others count. */
export function isSpace(char: string): boolean {
  return char !== '' && SPACE.includes(char);
}

/** A character as errors show it: `U+002D '-'`. */
export function describeCharacter(char: string): string {
  const code = char === '' ? -1 : char.codePointAt(0)!;
  if (code < 0) {
    return 'U+FFFFFFFFFFFFFFFF';
  }
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} '${char}'`;
}
