import { isIn } from '../operators';
import type { CelValue } from '../types';
import type { Library } from './types';

type List = CelValue[];

const contains = (all: List, wanted: List) =>
  wanted.every(item => isIn(item, all));

/** Source: cel-go `ext/sets.go`. */
export const SETS: Library = {
  'sets.contains(list, list)': contains,
  'sets.equivalent(list, list)': (one: List, other: List) =>
    contains(one, other) && contains(other, one),
  'sets.intersects(list, list)': (one: List, other: List) =>
    one.some(item => isIn(item, other)),
};
