import { RE2JS } from 're2js';
import { FunctionError } from '../errors';
import { GoSlice } from '../values/types';
import { FunctionMap, define } from './types';

const MAX_CACHED = 500;
const cache = new Map<string, RE2JS>();

/** regexp.Compile. */
function compile(pattern: string): RE2JS {
  let expression = cache.get(pattern);
  if (!expression) {
    try {
      expression = RE2JS.compile(pattern);
    } catch (error) {
      throw new FunctionError((error as Error).message, { cause: error });
    }
    if (cache.size >= MAX_CACHED) {
      cache.clear();
    }
    cache.set(pattern, expression);
  }
  return expression;
}

interface Match {
  start: number;
  end: number;
  /** The whole match, then the groups; undefined for a group that took no part. */
  groups: (string | undefined)[];
  names: Record<string, number>;
}

/** regexp's FindAll: matches from left to right; an empty match right after another one does not count. */
function findAll(pattern: string, text: string, limit: number): Match[] {
  const expression = compile(pattern);
  const matcher = expression.matcher(text);
  const names = expression.namedGroups() as Record<string, number>;
  const matches: Match[] = [];
  let previousEnd = -1;
  while ((limit < 0 || matches.length < limit) && matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    if (!(start === end && start === previousEnd)) {
      const groups: (string | undefined)[] = [];
      for (let group = 0; group <= matcher.groupCount(); group++) {
        groups.push(matcher.group(group) ?? undefined);
      }
      matches.push({ start, end, groups, names });
    }
    previousEnd = end;
  }
  return matches;
}

/** regexp's Expand: `$1`, `${name}`, `$$`. */
function expand(template: string, { groups, names }: Match): string {
  return template.replace(
    /\$(?:\$|(\w+)|\{(\w+)\})/g,
    (_whole, bare: string | undefined, braced: string | undefined) => {
      const name = bare ?? braced;
      if (name === undefined) {
        return '$';
      }
      const index = /^\d+$/.test(name) ? Number(name) : names[name];
      return index === undefined ? '' : groups[index] ?? '';
    },
  );
}

function replaceAll(
  pattern: string,
  text: string,
  replacement: (match: Match) => string,
): string {
  let result = '';
  let end = 0;
  for (const match of findAll(pattern, text, -1)) {
    result += text.slice(end, match.start) + replacement(match);
    end = match.end;
  }
  return result + text.slice(end);
}

/** regexp's Split. */
function split(pattern: string, text: string, limit: number): GoSlice {
  compile(pattern);
  if (limit === 0) {
    return new GoSlice('string', [], true);
  }
  if (pattern !== '' && text === '') {
    return new GoSlice('string', ['']);
  }
  const parts: string[] = [];
  let start = 0;
  let end = 0;
  for (const match of findAll(pattern, text, limit)) {
    if (limit > 0 && parts.length === limit - 1) {
      break;
    }
    end = match.start;
    if (match.end !== 0) {
      parts.push(text.slice(start, end));
    }
    start = match.end;
  }
  if (end !== text.length) {
    parts.push(text.slice(start));
  }
  return new GoSlice('string', parts);
}

function find(pattern: string, text: string): string {
  return findAll(pattern, text, 1)[0]?.groups[0] ?? '';
}

function findAllTexts(pattern: string, text: string, limit: number): GoSlice {
  const texts = findAll(pattern, text, limit).map(({ groups }) => groups[0]);
  return new GoSlice('string', texts, texts.length === 0);
}

function isMatch(pattern: string, text: string): boolean {
  return compile(pattern).matcher(text).find();
}

const regexFind = define(['string', 'string'], find);
const regexFindAll = define(['string', 'string', 'int'], findAllTexts);
const regexReplaceAll = define(
  ['string', 'string', 'string'],
  (pattern, text, template) =>
    replaceAll(pattern, text, match => expand(template, match)),
);
const regexReplaceAllLiteral = define(
  ['string', 'string', 'string'],
  (pattern, text, literal) => replaceAll(pattern, text, () => literal),
);
const regexSplit = define(['string', 'string', 'int'], split);

/** Sprig's functions for regular expressions (RE2). */
export const regexFunctions: FunctionMap = {
  regexMatch: define(['string', 'string'], (pattern, text) => {
    try {
      return isMatch(pattern, text);
    } catch (error) {
      if (error instanceof FunctionError) {
        return false;
      }
      throw error;
    }
  }),
  mustRegexMatch: define(['string', 'string'], isMatch),
  regexFind,
  mustRegexFind: regexFind,
  regexFindAll,
  mustRegexFindAll: regexFindAll,
  regexReplaceAll,
  mustRegexReplaceAll: regexReplaceAll,
  regexReplaceAllLiteral,
  mustRegexReplaceAllLiteral: regexReplaceAllLiteral,
  regexSplit,
  mustRegexSplit: regexSplit,
  regexQuoteMeta: define(['string'], text =>
    text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&'),
  ),
};
