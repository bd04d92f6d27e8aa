import { FunctionError } from '../errors';
import { quoteString } from '../fmt/quote';
import { sprintf, valueText } from '../fmt/printf';
import {
  byteLength,
  byteSlice,
  normalizeBytes,
  runes,
} from '../values/goString';
import { GoMap, Value } from '../values/types';
import { camelCase, kebabCase, snakeCase } from './caseWords';
import { stringSlice } from './lists';
import {
  abbreviate,
  deleteWhitespace,
  initials,
  lower,
  swapCase,
  title,
  trimSpace,
  uncapitalize,
  upper,
  wrapText,
} from './text';
import { FunctionMap, define } from './types';

const MAX_LENGTH = 1 << 28;

function trimCharacters(text: string, cutset: string, sides: 'both'): string {
  const cut = new Set(runes(cutset));
  const chars = runes(text);
  let start = 0;
  let end = chars.length;
  while (start < end && cut.has(chars[start])) {
    start++;
  }
  while (end > start && sides === 'both' && cut.has(chars[end - 1])) {
    end--;
  }
  return chars.slice(start, end).join('');
}

function repeat(count: number, text: string): string {
  if (count < 0) {
    throw new FunctionError('strings: negative Repeat count');
  }
  if (count * text.length > MAX_LENGTH) {
    throw new FunctionError('the repeated text is too long');
  }
  return text.repeat(count);
}

function outOfRange(bounds: string): FunctionError {
  return new FunctionError(
    `runtime error: slice bounds out of range [${bounds}]`,
  );
}

function substring(start: number, end: number, text: string): string {
  const length = byteLength(text);
  if (start < 0) {
    if (end < 0 || end > length) {
      throw outOfRange(end < 0 ? `:${end}` : `:${end}] with length ${length}`);
    }
    return byteSlice(text, 0, end);
  }
  if (end < 0 || end > length) {
    if (start > length) {
      throw outOfRange(`${start}:${length}`);
    }
    return byteSlice(text, start);
  }
  if (start > end) {
    throw outOfRange(`${start}:${end}`);
  }
  return byteSlice(text, start, end);
}

function truncate(count: number, text: string): string {
  const length = byteLength(text);
  if (count < 0) {
    return length + count > 0 ? byteSlice(text, length + count) : text;
  }
  return length > count ? byteSlice(text, 0, count) : text;
}

function indent(spaces: number, text: string): string {
  const padding = repeat(spaces, ' ');
  return padding + text.replaceAll('\n', `\n${padding}`);
}

/** strings.Split: an empty separator splits into characters. */
export function split(text: string, separator: string, limit = -1): string[] {
  if (limit === 0) {
    return [];
  }
  if (separator === '') {
    const chars = runes(text);
    return limit > 0 && chars.length > limit
      ? [...chars.slice(0, limit - 1), chars.slice(limit - 1).join('')]
      : chars;
  }
  const parts = text.split(separator);
  return limit > 0 && parts.length > limit
    ? [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)]
    : parts;
}

function indexedMap(parts: readonly string[]): GoMap {
  return new GoMap(
    'map[string]string',
    Object.fromEntries(parts.map((part, index) => [`_${index}`, part])),
  );
}

/** strings.Replace of every occurrence; an empty text is found around each character. */
function replaceAll(old: string, replacement: string, text: string): string {
  return normalizeBytes(
    old === ''
      ? ['', ...runes(text)].map(char => char + replacement).join('')
      : text.split(old).join(replacement),
  );
}

function present(values: readonly Value[]): Value[] {
  return values.filter(value => value !== null && value !== undefined);
}

function concatenate(values: readonly Value[]): string {
  const shown = present(values);
  return sprintf(Array(shown.length).fill('%v').join(' '), shown);
}

const trimAll = define(['string', 'string'], (cutset, text) =>
  trimCharacters(text, cutset, 'both'),
);

/** Sprig's functions for strings. */
export const stringFunctions: FunctionMap = {
  trim: define(['string'], trimSpace),
  trimAll,
  trimall: trimAll,
  trimPrefix: define(['string', 'string'], (prefix, text) =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  ),
  trimSuffix: define(['string', 'string'], (suffix, text) =>
    text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text,
  ),
  upper: define(['string'], upper),
  lower: define(['string'], lower),
  title: define(['string'], title),
  untitle: define(['string'], uncapitalize),
  repeat: define(['int', 'string'], repeat),
  substr: define(['int', 'int', 'string'], substring),
  trunc: define(['int', 'string'], truncate),
  abbrev: define(['int', 'string'], (width, text) =>
    width < 4 ? text : abbreviate(text, 0, width),
  ),
  abbrevboth: define(['int', 'int', 'string'], (left, right, text) =>
    right < 4 || (left > 0 && right < 7) ? text : abbreviate(text, left, right),
  ),
  initials: define(['string'], initials),
  wrap: define(['int', 'string'], (width, text) =>
    wrapText(text, width, '\n', false),
  ),
  wrapWith: define(['int', 'string', 'string'], (width, separator, text) =>
    wrapText(text, width, separator, true),
  ),
  contains: define(['string', 'string'], (part, text) => text.includes(part)),
  hasPrefix: define(['string', 'string'], (prefix, text) =>
    text.startsWith(prefix),
  ),
  hasSuffix: define(['string', 'string'], (suffix, text) =>
    text.endsWith(suffix),
  ),
  quote: define(['...any'], (...values) =>
    present(values)
      .map(value => quoteString(valueText(value)))
      .join(' '),
  ),
  squote: define(['...any'], (...values) =>
    present(values)
      .map(value => `'${valueText(value)}'`)
      .join(' '),
  ),
  cat: define(['...any'], (...values) => concatenate(values)),
  indent: define(['int', 'string'], indent),
  nindent: define(
    ['int', 'string'],
    (spaces, text) => `\n${indent(spaces, text)}`,
  ),
  replace: define(['string', 'string', 'string'], replaceAll),
  plural: define(['string', 'string', 'int'], (one, many, count) =>
    count === 1 ? one : many,
  ),
  snakecase: define(['string'], snakeCase),
  kebabcase: define(['string'], kebabCase),
  camelcase: define(['string'], camelCase),
  swapcase: define(['string'], swapCase),
  nospace: define(['string'], deleteWhitespace),
  splitList: define(['string', 'string'], (separator, text) =>
    stringSlice(split(text, separator)),
  ),
  split: define(['string', 'string'], (separator, text) =>
    indexedMap(split(text, separator)),
  ),
  splitn: define(['string', 'int', 'string'], (separator, limit, text) =>
    indexedMap(split(text, separator, limit)),
  ),
};
