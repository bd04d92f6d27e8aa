import { EvaluationFailure, NotSupported } from '../errors';
import { CelValue, characters } from '../types';
import { formatText } from './textFormat';
import type { Library } from './types';

/** A position, in characters. */
function inRange(value: bigint, length: number): number {
  if (value < 0n || value > BigInt(length))
    throw new EvaluationFailure(`index out of range: ${value}`);
  return Number(value);
}

function occursAt(all: string[], wanted: string[], at: number): boolean {
  return wanted.every((character, offset) => all[at + offset] === character);
}

function position(text: string, wanted: string, from = 0n): bigint {
  if (wanted === '') return from;
  if (from < 0n) throw new EvaluationFailure(`index out of range: ${from}`);
  const [all, sought] = [characters(text), characters(wanted)];
  for (let at = Number(from); at + sought.length <= all.length; at++)
    if (occursAt(all, sought, at)) return BigInt(at);
  return -1n;
}

function lastPosition(text: string, wanted: string, from?: bigint): bigint {
  const [all, sought] = [characters(text), characters(wanted)];
  if (wanted === '') return from ?? BigInt(all.length);
  if (from === undefined && all.length === 0) return -1n;
  const start = from ?? BigInt(all.length - 1);
  if (start < 0n) throw new EvaluationFailure(`index out of range: ${start}`);
  if (start >= BigInt(all.length)) return -1n;
  const last = Math.min(Number(start), all.length - sought.length);
  for (let at = last; at >= 0; at--)
    if (occursAt(all, sought, at)) return BigInt(at);
  return -1n;
}

function substring(text: string, from: bigint, to?: bigint): string {
  const all = characters(text);
  if (to !== undefined && from > to)
    throw new EvaluationFailure(`invalid substring range: ${from}, ${to}`);
  const start = inRange(from, all.length);
  const end = inRange(to ?? BigInt(all.length), all.length);
  return all.slice(start, end).join('');
}

/** Source: Go `strings.Replace`: an empty text is found before each character and at the end. */
function replace(text: string, old: string, by: string, limit = -1n): string {
  const pieces = old === '' ? ['', ...characters(text), ''] : text.split(old);
  const count = limit < 0n ? pieces.length : Number(limit);
  const full = pieces.slice(1);
  return full.reduce(
    (all, piece, at) => all + (at < count ? by : old) + piece,
    pieces[0],
  );
}

function split(text: string, separator: string, limit = -1n): string[] {
  const pieces = separator === '' ? characters(text) : text.split(separator);
  if (limit < 0n || limit >= BigInt(pieces.length)) return pieces;
  if (limit === 0n) return [];
  const first = pieces.slice(0, Number(limit) - 1);
  return [...first, pieces.slice(first.length).join(separator)];
}

function join(items: CelValue[], separator = ''): string {
  if (items.some(item => typeof item !== 'string'))
    throw new NotSupported('no such overload: join of what is no text');
  return items.join(separator);
}

/** Source: Go `unicode.IsSpace`. */
const SPACES =
  '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const AROUND = new RegExp(`^${SPACES}|${SPACES}$`, 'g');

const ESCAPES: Record<string, string> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

function quote(text: string): string {
  return `"${characters(text)
    .map(character => ESCAPES[character] ?? character)
    .join('')}"`;
}

function size(text: string): bigint {
  return BigInt(characters(text).length);
}

/** Source: cel-go `common/stdlib/standard.go`, `ext/strings.go` in its version 2. */
export const STRINGS: Library = {
  'size(string)': size,
  '<string>.size()': size,
  'size(bytes)': bytes => BigInt(bytes.length),
  '<bytes>.size()': bytes => BigInt(bytes.length),
  '<string>.startsWith(string)': (text, start) => text.startsWith(start),
  '<string>.endsWith(string)': (text, end) => text.endsWith(end),
  '<string>.contains(string)': (text, part) => text.includes(part),
  '<string>.charAt(int)': (text, at) =>
    characters(text)[inRange(at, characters(text).length)] ?? '',
  '<string>.indexOf(string)': position,
  '<string>.indexOf(string, int)': position,
  '<string>.lastIndexOf(string)': lastPosition,
  '<string>.lastIndexOf(string, int)': lastPosition,
  '<string>.lowerAscii()': text =>
    text.replace(/[A-Z]/g, (letter: string) => letter.toLowerCase()),
  '<string>.upperAscii()': text =>
    text.replace(/[a-z]/g, (letter: string) => letter.toUpperCase()),
  '<string>.replace(string, string)': replace,
  '<string>.replace(string, string, int)': replace,
  '<string>.split(string)': split,
  '<string>.split(string, int)': split,
  '<string>.substring(int)': substring,
  '<string>.substring(int, int)': substring,
  '<string>.trim()': text => text.replace(AROUND, ''),
  '<string>.format(list)': formatText,
  '<list>.join()': join,
  '<list>.join(string)': join,
  'strings.quote(string)': quote,
};
