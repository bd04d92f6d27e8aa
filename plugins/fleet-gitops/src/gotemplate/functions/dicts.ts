import { FunctionError } from '../errors';
import { valueText } from '../fmt/printf';
import {
  GoDict,
  NIL_MAP,
  Value,
  isDict,
  setEntry,
  typeOf,
} from '../values/types';
import { deepCopy } from './deepCopy';
import { deepEqual } from './deepEqual';
import { stringSlice } from './lists';
import { mergeDict } from './merge';
import { FunctionMap, define } from './types';

const MAP = 'map[string]interface {}';

function get(dict: GoDict, key: string, missing: Value): Value {
  return Object.hasOwn(dict, key) ? dict[key] : missing;
}

function requireWritable(dict: GoDict): void {
  if (dict === NIL_MAP) {
    throw new FunctionError('assignment to entry in nil map');
  }
}

function fromPairs(pairs: readonly Value[]): GoDict {
  const dict: GoDict = {};
  for (let index = 0; index < pairs.length; index += 2) {
    const value = index + 1 < pairs.length ? pairs[index + 1] : '';
    setEntry(dict, valueText(pairs[index]), value);
  }
  return dict;
}

function filterKeys(dict: GoDict, keep: (key: string) => boolean): GoDict {
  return Object.fromEntries(
    Object.entries(dict).filter(([key]) => keep(key)),
  ) as GoDict;
}

function dig(args: readonly Value[]): Value {
  if (args.length < 3) {
    throw new FunctionError('dig needs at least three arguments');
  }
  const path = args.slice(0, -2);
  const [fallback, start] = args.slice(-2);
  const conversion = (value: Value, wanted: string) =>
    new FunctionError(
      `interface conversion: interface {} is ${typeOf(value).replace(
        '<nil>',
        'nil',
      )}, not ${wanted}`,
    );
  const wrong = path.find(key => typeof key !== 'string');
  if (!isDict(start)) {
    throw conversion(start, MAP);
  }
  if (wrong !== undefined) {
    throw conversion(wrong, 'string');
  }
  let current: Value = start;
  for (const key of path as string[]) {
    if (!isDict(current)) {
      throw conversion(current, MAP);
    }
    if (!Object.hasOwn(current, key)) {
      return fallback;
    }
    current = current[key];
  }
  return current;
}

const merge = define(
  [MAP, `...${MAP}`],
  (target: GoDict, ...sources: GoDict[]) => mergeDict(target, sources, false),
);
const mergeOverwrite = define(
  [MAP, `...${MAP}`],
  (target: GoDict, ...sources: GoDict[]) => mergeDict(target, sources, true),
);
const copy = define(['any'], value => {
  if (value === null) {
    throw new FunctionError(
      'reflect: call of reflect.Value.Type on zero Value',
    );
  }
  return deepCopy(value);
});

/** Sprig's functions for dictionaries. */
export const dictFunctions: FunctionMap = {
  dict: define(['...any'], (...pairs) => fromPairs(pairs)),
  get: define([MAP, 'string'], (dict, key) => get(dict, key, '')),
  set: define([MAP, 'string', 'any'], (dict, key, value) => {
    requireWritable(dict);
    setEntry(dict, key, value);
    return dict;
  }),
  unset: define([MAP, 'string'], (dict, key) => {
    if (dict !== NIL_MAP) {
      delete dict[key];
    }
    return dict;
  }),
  hasKey: define([MAP, 'string'], (dict, key) => Object.hasOwn(dict, key)),
  pluck: define(['string', `...${MAP}`], (key, ...dicts: GoDict[]) =>
    dicts.filter(dict => Object.hasOwn(dict, key)).map(dict => dict[key]),
  ),
  keys: define([`...${MAP}`], (...dicts: GoDict[]) =>
    stringSlice(dicts.flatMap(dict => Object.keys(dict))),
  ),
  values: define([MAP], dict => Object.values(dict)),
  pick: define([MAP, '...string'], (dict, ...keys) =>
    filterKeys(dict, key => keys.includes(key)),
  ),
  omit: define([MAP, '...string'], (dict, ...keys) =>
    filterKeys(dict, key => !keys.includes(key)),
  ),
  dig: define(['...any'], (...args) => dig(args)),
  merge,
  mustMerge: merge,
  mergeOverwrite,
  mustMergeOverwrite: mergeOverwrite,
  deepCopy: copy,
  mustDeepCopy: copy,
  deepEqual: define(['any', 'any'], deepEqual),
};
