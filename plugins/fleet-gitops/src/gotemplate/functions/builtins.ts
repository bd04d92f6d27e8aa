import { FunctionError } from '../errors';
import { sprint, sprintf, sprintln } from '../fmt/printf';
import { byteLength, byteSlice, toBytes } from '../values/goString';
import { entryCount, isTrue } from '../values/truth';
import {
  GoInteger,
  GoMap,
  GoSlice,
  Value,
  int,
  isDict,
  sliceItems,
  typeOf,
} from '../values/types';
import { equal, lessOrEqual, lessThan } from './compare';
import { escapeHtml, escapeJavaScript, escapeQuery } from './escape';
import { FunctionMap, define } from './types';

function indexArgument(index: Value, limit: number): number {
  if (index === undefined || index === null) {
    throw new FunctionError('cannot index slice/array with nil');
  }
  if (!(index instanceof GoInteger)) {
    throw new FunctionError(
      `cannot index slice/array with type ${typeOf(index)}`,
    );
  }
  if (index.value < 0n || index.value > BigInt(limit)) {
    throw new FunctionError(`index out of range: ${index.value}`);
  }
  return Number(index.value);
}

function indexMap(
  entries: Record<string, Value>,
  key: Value,
  zero: Value,
): Value {
  if (key === undefined || key === null) {
    throw new FunctionError('value is nil; should be of type string');
  }
  if (typeof key !== 'string') {
    throw new FunctionError(`value has type ${typeOf(key)}; should be string`);
  }
  return Object.hasOwn(entries, key) ? entries[key] : zero;
}

function indexValue(item: Value, indexes: readonly Value[]): Value {
  if (item === undefined || item === null) {
    throw new FunctionError('index of untyped nil');
  }
  let current: Value = item;
  for (const key of indexes) {
    if (current === undefined || current === null) {
      throw new FunctionError('index of nil pointer');
    }
    const items = sliceItems(current);
    if (items || typeof current === 'string') {
      const length = items ? items.length : byteLength(current as string);
      const position = indexArgument(key, length);
      if (position >= length) {
        throw new FunctionError(
          `reflect: ${items ? 'slice' : 'string'} index out of range`,
        );
      }
      current = items
        ? items[position]
        : new GoInteger('uint8', BigInt(toBytes(current as string)[position]));
    } else if (current instanceof GoMap) {
      current = indexMap(current.entries, key, current.zeroElement);
    } else if (isDict(current)) {
      current = indexMap(current, key, null);
    } else {
      throw new FunctionError(`can't index item of type ${typeOf(current)}`);
    }
  }
  return current;
}

function sliceValue(item: Value, indexes: readonly Value[]): Value {
  if (item === undefined || item === null) {
    throw new FunctionError('slice of untyped nil');
  }
  if (indexes.length > 3) {
    throw new FunctionError(`too many slice indexes: ${indexes.length}`);
  }
  const items = sliceItems(item);
  if (!items && typeof item !== 'string') {
    throw new FunctionError(`can't slice item of type ${typeOf(item)}`);
  }
  if (!items && indexes.length === 3) {
    throw new FunctionError('cannot 3-index slice a string');
  }
  const length = items ? items.length : byteLength(item as string);
  const bounds = indexes.map(value => indexArgument(value, length));
  const [start = 0, end = length, limit = length] = bounds;
  if (start > end) {
    throw new FunctionError(`invalid slice index: ${start} > ${end}`);
  }
  if (end > limit) {
    throw new FunctionError(`invalid slice index: ${end} > ${limit}`);
  }
  if (!items) {
    return byteSlice(item as string, start, end);
  }
  const part = items.slice(start, end);
  return item instanceof GoSlice ? new GoSlice(item.elementType, part) : part;
}

function lengthOf(item: Value): GoInteger {
  if (typeof item === 'string') {
    return int(byteLength(item));
  }
  if (item === undefined || item === null) {
    throw new FunctionError('len of nil pointer');
  }
  const count = entryCount(item);
  if (count === undefined) {
    throw new FunctionError(`len of type ${typeOf(item)}`);
  }
  return int(count);
}

function callFunction(callee: Value): never {
  // Templates cannot get hold of a function as a value.
  throw new FunctionError(
    callee === undefined || callee === null
      ? 'call of nil'
      : `non-function of type ${typeOf(callee)}`,
  );
}

function escaper(escape: (text: string) => string) {
  return define(['...any'], (...args) => {
    const text =
      args.length === 1 && typeof args[0] === 'string'
        ? args[0]
        : sprint(args.map(arg => arg ?? '<no value>'));
    return escape(text);
  });
}

/** The functions that every Go template has (text/template/funcs.go). */
export const builtinFunctions: FunctionMap = {
  // `and` and `or` are evaluated by the evaluator, which skips arguments.
  and: define(['value', '...value'], (first, ...rest) =>
    [first, ...rest].find(
      (value, at, all) => !isTrue(value) || at === all.length - 1,
    ),
  ),
  or: define(['value', '...value'], (first, ...rest) =>
    [first, ...rest].find(
      (value, at, all) => isTrue(value) || at === all.length - 1,
    ),
  ),
  not: define(['value'], value => !isTrue(value)),
  call: define(['value', '...value'], callFunction),
  index: define(['value', '...value'], (item, ...keys) =>
    indexValue(item, keys),
  ),
  slice: define(['value', '...value'], (item, ...keys) =>
    sliceValue(item, keys),
  ),
  len: define(['value'], lengthOf),
  print: define(['...any'], (...args) => sprint(args)),
  println: define(['...any'], (...args) => sprintln(args)),
  printf: define(['string', '...any'], (format, ...args) =>
    sprintf(format, args),
  ),
  html: escaper(escapeHtml),
  js: escaper(escapeJavaScript),
  urlquery: escaper(escapeQuery),
  eq: define(['value', '...value'], (left, ...others) => equal(left, others)),
  ne: define(['value', 'value'], (left, right) => !equal(left, [right])),
  lt: define(['value', 'value'], lessThan),
  le: define(['value', 'value'], lessOrEqual),
  gt: define(['value', 'value'], (left, right) => !lessOrEqual(left, right)),
  ge: define(['value', 'value'], (left, right) => !lessThan(left, right)),
};
