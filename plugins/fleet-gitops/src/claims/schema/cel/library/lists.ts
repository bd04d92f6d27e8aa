import { compare, equals } from '../comparison';
import { EvaluationFailure, NotSupported } from '../errors';
import { applyOperator } from '../operators';
import { CelValue, typeOf } from '../types';
import type { Library } from './types';

type List = CelValue[];

function sum(items: List): CelValue {
  // The type of an empty list's sum is known to the compiler alone; all of them are 0.
  return items.length === 0
    ? 0n
    : items.reduce((total, item) => applyOperator('+', total, item));
}

function extreme(isBetter: (order: number) => boolean, name: string) {
  return (items: List): CelValue => {
    if (items.length === 0)
      throw new EvaluationFailure(`${name} called on empty list`);
    return items.reduce((best, item) =>
      isBetter(compare(item, best)) ? item : best,
    );
  };
}

function slice(items: List, from: bigint, to: bigint): List {
  if (from < 0n || from > to || to > BigInt(items.length))
    throw new EvaluationFailure(`cannot slice(${from}, ${to})`);
  return items.slice(Number(from), Number(to));
}

function flatten(items: List, depth = 1n): List {
  if (depth < 0n) throw new EvaluationFailure('level must be non-negative');
  return items.flatMap(item =>
    Array.isArray(item) && depth > 0n ? flatten(item, depth - 1n) : [item],
  );
}

function sortByKeys(items: List, keys: List): List {
  if (new Set(keys.map(typeOf)).size > 1)
    throw new EvaluationFailure('list elements must have the same type');
  const order = keys
    .map((_, at) => at)
    .sort((one, other) => compare(keys[one], keys[other]));
  // Go's sort does not keep what is equal in its order.
  const isTie = order.some(
    (at, place) =>
      place > 0 &&
      compare(keys[at], keys[order[place - 1]]) === 0 &&
      !equals(items[at], items[order[place - 1]]),
  );
  if (isTie) throw new NotSupported('sorting by keys that are equal');
  return order.map(at => items[at]);
}

function distinct(items: List): List {
  return items.filter(
    (item, at) => !items.slice(0, at).some(earlier => equals(item, earlier)),
  );
}

/** Kubernetes refuses what costs that much. */
const LONGEST_RANGE = 100_000n;

function range(count: bigint): bigint[] {
  if (count > LONGEST_RANGE) throw new NotSupported('a range of that length');
  return Array.from({ length: Math.max(0, Number(count)) }, (_, at) =>
    BigInt(at),
  );
}

const size = (all: List | Map<unknown, unknown>) =>
  BigInt(Array.isArray(all) ? all.length : all.size);

/** Source: apiserver `pkg/cel/library/lists.go`, cel-go `ext/lists.go` in its version 3. */
export const LISTS: Library = {
  'size(list)': size,
  'size(map)': size,
  '<list>.size()': size,
  '<map>.size()': size,
  '<list>.isSorted()': items =>
    (items as List).every(
      (item, at) => at === 0 || compare(items[at - 1], item) <= 0,
    ),
  '<list>.sum()': sum,
  '<list>.min()': extreme(order => order < 0, 'min'),
  '<list>.max()': extreme(order => order > 0, 'max'),
  '<list>.indexOf(any)': (items: List, wanted) =>
    BigInt(items.findIndex(item => equals(item, wanted))),
  '<list>.lastIndexOf(any)': (items: List, wanted) =>
    BigInt(items.findLastIndex(item => equals(item, wanted))),
  '<list>.slice(int, int)': slice,
  '<list>.flatten()': (items: List) => flatten(items),
  '<list>.flatten(int)': flatten,
  '<list>.sort()': (items: List) => sortByKeys(items, items),
  '<list>.@sortByAssociatedKeys(list)': sortByKeys,
  '<list>.reverse()': (items: List) => [...items].reverse(),
  '<list>.distinct()': distinct,
  'lists.range(int)': range,
};
