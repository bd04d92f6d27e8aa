import { FunctionError } from '../errors';
import { valueText } from '../fmt/printf';
import { parseInteger } from '../values/parseNumber';
import { GoInteger, GoSlice, Value, int, int64 } from '../values/types';
import { toFloat64, toInt64 } from './cast';
import { decimalDivide, decimalResult } from './decimal';
import { FunctionMap, define, defineWithContext } from './types';
import { randomInteger } from './random';

const MAX_LIST = 10_000_000;

function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

function divisor(value: Value): bigint {
  const number = toInt64(value);
  if (number === 0n) {
    throw new FunctionError('runtime error: integer divide by zero');
  }
  return number;
}

function steps(start: number, stop: number, step: number): number[] {
  const forward = stop >= start;
  if (forward ? step <= 0 : step >= 0) {
    return [];
  }
  if (Math.abs((stop - start) / step) > MAX_LIST) {
    throw new FunctionError(`a list of more than ${MAX_LIST} numbers`);
  }
  const result: number[] = [];
  for (
    let value = start;
    forward ? value < stop : value > stop;
    value += step
  ) {
    result.push(value);
  }
  return result;
}

function intSlice(numbers: number[]): GoSlice {
  return new GoSlice('int', numbers.map(int));
}

function sequence(params: readonly number[]): string {
  let [start, step, end] = [1, 1, 0];
  switch (params.length) {
    case 1:
      end = params[0];
      step = end < start ? -1 : 1;
      return steps(start, end + step, step).join(' ');
    case 2:
      [start, end] = params;
      step = end < start ? -1 : 1;
      return steps(start, end + step, step).join(' ');
    case 3:
      [start, step, end] = params;
      if (end < start && step > 0) {
        return '';
      }
      return steps(start, end + (end < start ? -1 : 1), step).join(' ');
    default:
      return '';
  }
}

function round(value: number, places: number, roundOn: number): number {
  const power = 10 ** places;
  const digit = power * value;
  const fraction = digit - Math.trunc(digit);
  return (fraction >= roundOn ? Math.ceil(digit) : Math.floor(digit)) / power;
}

/** math.Max and math.Min: NaN wins, zeros have signs. */
function extreme(select: (a: number, b: number) => number) {
  return define(['any', '...any'], (first, ...rest) =>
    rest
      .map(toFloat64)
      .reduce((best, next) => select(best, next), toFloat64(first)),
  );
}

function extremeInteger(better: (candidate: bigint, best: bigint) => boolean) {
  return define(['any', '...any'], (first, ...rest) =>
    int64(
      rest
        .map(toInt64)
        .reduce(
          (best, next) => (better(next, best) ? next : best),
          toInt64(first),
        ),
    ),
  );
}

const max = extremeInteger((candidate, best) => candidate > best);

/** Sprig's functions for numbers. */
export const mathFunctions: FunctionMap = {
  add: define(['...any'], (...args) =>
    int64(args.map(toInt64).reduce((sum, next) => wrap(sum + next), 0n)),
  ),
  add1: define(['any'], value => int64(wrap(toInt64(value) + 1n))),
  sub: define(['any', 'any'], (a, b) => int64(wrap(toInt64(a) - toInt64(b)))),
  mul: define(['any', '...any'], (first, ...rest) =>
    int64(
      rest
        .map(toInt64)
        .reduce((product, next) => wrap(product * next), toInt64(first)),
    ),
  ),
  div: define(['any', 'any'], (a, b) => int64(wrap(toInt64(a) / divisor(b)))),
  mod: define(['any', 'any'], (a, b) => int64(toInt64(a) % divisor(b))),
  max,
  biggest: max,
  min: extremeInteger((candidate, best) => candidate < best),
  maxf: extreme(Math.max),
  minf: extreme(Math.min),
  addf: define(['...any'], (...args) =>
    decimalResult(0, args.map(toFloat64), (a, b) => a.plus(b)),
  ),
  add1f: define(['any'], value =>
    decimalResult(toFloat64(value), [1], (a, b) => a.plus(b)),
  ),
  subf: define(['any', '...any'], (first, ...rest) =>
    decimalResult(toFloat64(first), rest.map(toFloat64), (a, b) => a.minus(b)),
  ),
  mulf: define(['any', '...any'], (first, ...rest) =>
    decimalResult(toFloat64(first), rest.map(toFloat64), (a, b) => a.times(b)),
  ),
  divf: define(['any', '...any'], (first, ...rest) =>
    decimalResult(toFloat64(first), rest.map(toFloat64), decimalDivide),
  ),
  floor: define(['any'], value => Math.floor(toFloat64(value))),
  ceil: define(['any'], value => Math.ceil(toFloat64(value))),
  round: define(['any', 'int', '...float64'], (value, places, roundOn = 0.5) =>
    round(toFloat64(value), places, roundOn),
  ),
  int: define(['any'], value => int(toInt64(value))),
  int64: define(['any'], value => int64(toInt64(value))),
  float64: define(['any'], toFloat64),
  atoi: define(['string'], text => int(parseInteger(text, 10) ?? 0n)),
  toDecimal: define(['any'], value =>
    int64(parseInteger(valueText(value), 8) ?? 0n),
  ),
  until: define(['int'], count =>
    intSlice(steps(0, count, count < 0 ? -1 : 1)),
  ),
  untilStep: define(['int', 'int', 'int'], (start, stop, step) =>
    intSlice(steps(start, stop, step)),
  ),
  seq: define(['...int'], (...params) => sequence(params)),
  randInt: defineWithContext(['int', 'int'], (context, low, high) => {
    if (high <= low) {
      throw new FunctionError('invalid argument to Intn');
    }
    return new GoInteger(
      'int',
      BigInt(low + randomInteger(context, high - low)),
    );
  }),
};
