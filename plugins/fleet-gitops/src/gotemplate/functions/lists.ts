import { FunctionError } from '../errors';
import { valueText } from '../fmt/printf';
import { compareStrings } from '../values/goString';
import { isEmpty } from '../values/truth';
import { GoSlice, NIL_LIST, Value, kindOf, sliceItems } from '../values/types';
import { toInt64 } from './cast';
import { deepEqual } from './deepEqual';
import { FunctionMap, define } from './types';

/** The elements of a list argument; Go panics on nil and answers an error for anything else. */
function elements(list: Value, purpose: string): Value[] {
  if (list === null || list === undefined) {
    throw new FunctionError(
      'runtime error: invalid memory address or nil pointer dereference',
    );
  }
  const items = sliceItems(list);
  if (!items) {
    throw new FunctionError(`${purpose} ${kindOf(list)}`);
  }
  return items;
}

/** The texts of the elements that are not nil (Sprig's strslice). */
export function stringElements(value: Value): string[] {
  const items = sliceItems(value);
  if (items) {
    return items
      .filter(item => item !== null && item !== undefined)
      .map(valueText);
  }
  return value === null || value === undefined ? [] : [valueText(value)];
}

export function stringSlice(items: string[]): GoSlice {
  return new GoSlice('string', items);
}

function includes(list: readonly Value[], item: Value): boolean {
  return list.some(candidate => deepEqual(candidate, item));
}

function chunk(size: number, list: Value): GoSlice {
  const items = elements(list, 'Cannot chunk type');
  // Sprig's own arithmetic, which takes some negative sizes: list.go, mustChunk.
  const count = Math.floor((items.length - 1) / size) + 1;
  const lastSize = items.length % size || size;
  if (!(count >= 0) || (count > 0 && (lastSize < 0 || size === 0))) {
    throw new FunctionError('runtime error: makeslice: len out of range');
  }
  const chunks: Value[] = [];
  for (let index = 0; index < count; index++) {
    chunks.push(
      items.slice(
        index * size,
        index * size + (index === count - 1 ? lastSize : size),
      ),
    );
  }
  return new GoSlice('[]interface {}', chunks);
}

function slice(list: Value, bounds: readonly Value[]): Value {
  const items = elements(list, 'list should be type of slice or array but');
  if (items.length === 0) {
    return null;
  }
  const start = bounds.length > 0 ? Number(toInt64(bounds[0])) : 0;
  const end = bounds.length > 1 ? Number(toInt64(bounds[1])) : items.length;
  if (start < 0 || end < start || end > items.length) {
    throw new FunctionError('reflect.Value.Slice: slice index out of bounds');
  }
  const part = items.slice(start, end);
  return list instanceof GoSlice ? new GoSlice(list.elementType, part) : part;
}

function concat(lists: readonly Value[]): Value {
  const all = lists.flatMap(list => {
    const items = list === null ? elements(list, '') : sliceItems(list);
    if (!items) {
      throw new FunctionError(`Cannot concat type ${kindOf(list)} as list`);
    }
    return items;
  });
  return all.length === 0 ? NIL_LIST : all;
}

function unique(list: Value): Value[] {
  const result: Value[] = [];
  for (const item of elements(list, 'Cannot find uniq on type')) {
    if (!includes(result, item)) {
      result.push(item);
    }
  }
  return result;
}

function has(item: Value, list: Value): boolean {
  return (
    list !== null && includes(elements(list, 'Cannot find has on type'), item)
  );
}

function sortAlpha(list: Value): GoSlice {
  return stringSlice(
    sliceItems(list)
      ? stringElements(list).sort(compareStrings)
      : [valueText(list)],
  );
}

const list = define(['...any'], (...items) => items);
const append = define(['any', 'any'], (items, item) => [
  ...elements(items, 'Cannot push on type'),
  item,
]);
const prepend = define(['any', 'any'], (items, item) => [
  item,
  ...elements(items, 'Cannot prepend on type'),
]);
const first = define(
  ['any'],
  items => elements(items, 'Cannot find first on type')[0] ?? null,
);
const last = define(
  ['any'],
  items => elements(items, 'Cannot find last on type').at(-1) ?? null,
);
const rest = define(['any'], items => {
  const all = elements(items, 'Cannot find rest on type');
  return all.length === 0 ? NIL_LIST : all.slice(1);
});
const initial = define(['any'], items => {
  const all = elements(items, 'Cannot find initial on type');
  return all.length === 0 ? NIL_LIST : all.slice(0, -1);
});
const reverse = define(['any'], items =>
  elements(items, 'Cannot find reverse on type').slice().reverse(),
);
const compact = define(['any'], items =>
  elements(items, 'Cannot compact on type').filter(item => !isEmpty(item)),
);
const uniq = define(['any'], unique);
const without = define(['any', '...any'], (items, ...omitted) =>
  elements(items, 'Cannot find without on type').filter(
    item => !includes(omitted, item),
  ),
);
const hasFunction = define(['any', 'any'], has);
const chunkFunction = define(['int', 'any'], chunk);
const sliceFunction = define(['any', '...any'], (items, ...bounds) =>
  slice(items, bounds),
);

/** Sprig's functions for lists. */
export const listFunctions: FunctionMap = {
  list,
  tuple: list,
  append,
  push: append,
  mustAppend: append,
  mustPush: append,
  prepend,
  mustPrepend: prepend,
  first,
  mustFirst: first,
  last,
  mustLast: last,
  rest,
  mustRest: rest,
  initial,
  mustInitial: initial,
  reverse,
  mustReverse: reverse,
  compact,
  mustCompact: compact,
  uniq,
  mustUniq: uniq,
  without,
  mustWithout: without,
  has: hasFunction,
  mustHas: hasFunction,
  chunk: chunkFunction,
  mustChunk: chunkFunction,
  slice: sliceFunction,
  mustSlice: sliceFunction,
  concat: define(['...any'], (...lists) => concat(lists)),
  sortAlpha: define(['any'], sortAlpha),
  join: define(['string', 'any'], (separator, items) =>
    stringElements(items).join(separator),
  ),
  toStrings: define(['any'], items => stringSlice(stringElements(items))),
};
