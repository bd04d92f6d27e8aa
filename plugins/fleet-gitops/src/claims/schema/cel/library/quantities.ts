import { EvaluationFailure } from '../errors';
import { Quantity } from './quantity';
import type { Library } from './types';

function parse(text: string): Quantity {
  const quantity = Quantity.parse(text);
  if (quantity) return quantity;
  throw new EvaluationFailure(`\`${text}\` is no quantity`);
}

function integerOf(quantity: Quantity): bigint {
  const integer = quantity.toInteger();
  if (integer !== undefined) return integer;
  throw new EvaluationFailure('cannot convert value to integer');
}

/** Source: apiserver `pkg/cel/library/quantity.go`. */
export const QUANTITIES: Library = {
  'quantity(string)': parse,
  'isQuantity(string)': text => Quantity.parse(text) !== undefined,
  'sign(Quantity)': one => one.compareTo(Quantity.ofInteger(0n)),
  '<Quantity>.sign()': one => one.compareTo(Quantity.ofInteger(0n)),
  '<Quantity>.isInteger()': one => one.isInteger,
  '<Quantity>.asInteger()': integerOf,
  '<Quantity>.asApproximateFloat()': one => one.toNumber(),
  '<Quantity>.isGreaterThan(Quantity)': (one, other) =>
    one.compareTo(other) > 0n,
  '<Quantity>.isLessThan(Quantity)': (one, other) => one.compareTo(other) < 0n,
  '<Quantity>.compareTo(Quantity)': (one, other) => one.compareTo(other),
  '<Quantity>.add(Quantity)': (one, other) => one.plus(other),
  '<Quantity>.add(int)': (one, other) => one.plus(Quantity.ofInteger(other)),
  '<Quantity>.sub(Quantity)': (one, other) => one.minus(other),
  '<Quantity>.sub(int)': (one, other) => one.minus(Quantity.ofInteger(other)),
};
