import {
  parseFloat64,
  parseInteger,
  parseUnsigned,
} from '../values/parseNumber';

/** What a plain scalar stands for in YAML as go-yaml v2 reads it (YAML 1.1). */
export type ResolvedScalar =
  | { tag: 'str'; value: string }
  | { tag: 'bool'; value: boolean }
  | { tag: 'null'; value: null }
  | { tag: 'int'; value: bigint }
  | { tag: 'float'; value: number }
  | { tag: 'timestamp'; value: string };

const WORDS = new Map<string, ResolvedScalar>();

function add(words: string, scalar: ResolvedScalar): void {
  for (const word of words.split(' ')) {
    WORDS.set(word, scalar);
  }
}

add('y Y yes Yes YES true True TRUE on On ON', { tag: 'bool', value: true });
add('n N no No NO false False FALSE off Off OFF', {
  tag: 'bool',
  value: false,
});
add('~ null Null NULL', { tag: 'null', value: null });
add('.nan .NaN .NAN', { tag: 'float', value: NaN });
add('.inf .Inf .INF +.inf +.Inf +.INF', { tag: 'float', value: Infinity });
add('-.inf -.Inf -.INF', { tag: 'float', value: -Infinity });
WORDS.set('', { tag: 'null', value: null });

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(Z|[-+]\d\d:\d\d)?)?$/;

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

/** go-yaml's parseTimestamp: a date, alone or with a time. */
function isTimestamp(text: string): boolean {
  const match = TIMESTAMP.exec(text);
  if (!match) {
    return false;
  }
  const [, year, month, day, separator, hour, minute, second, zone] = match;
  if (separator && (separator === ' ') === (zone !== undefined)) {
    return false;
  }
  const monthNumber = Number(month);
  return (
    monthNumber >= 1 &&
    monthNumber <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= daysInMonth(Number(year), monthNumber) &&
    Number(hour ?? 0) <= 23 &&
    Number(minute ?? 0) <= 59 &&
    Number(second ?? 0) <= 59
  );
}

function resolveNumber(text: string): ResolvedScalar | undefined {
  if (isTimestamp(text)) {
    return { tag: 'timestamp', value: text };
  }
  const plain = text.replaceAll('_', '');
  const integer = parseInteger(plain, 0) ?? parseUnsigned(plain, 0);
  if (integer !== undefined) {
    return { tag: 'int', value: integer };
  }
  if (FLOAT.test(plain)) {
    const value = parseFloat64(plain);
    if (value !== undefined) {
      return { tag: 'float', value };
    }
  }
  const binary = /^-?0b([-+]?[01]+)$/.exec(plain);
  if (binary) {
    const value = parseInteger(
      (plain.startsWith('-') ? '-' : '') + binary[1],
      2,
    );
    if (value !== undefined) {
      return { tag: 'int', value };
    }
  }
  return undefined;
}

/** go-yaml v2's resolve for a plain scalar without a tag. */
export function resolveScalar(text: string): ResolvedScalar {
  const word = WORDS.get(text);
  if (word) {
    return word;
  }
  const first = text[0];
  let number: ResolvedScalar | undefined;
  if (first === '.') {
    const value = parseFloat64(text);
    number = value === undefined ? undefined : { tag: 'float', value };
  } else if (first === '+' || first === '-' || (first >= '0' && first <= '9')) {
    number = resolveNumber(text);
  }
  return number ?? { tag: 'str', value: text };
}
