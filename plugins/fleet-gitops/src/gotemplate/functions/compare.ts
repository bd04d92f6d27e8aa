import { FunctionError } from '../errors';
import { compareStrings } from '../values/goString';
import {
  GoInteger,
  GoMap,
  GoObject,
  GoSlice,
  Value,
  kindOf,
  typeOf,
} from '../values/types';

type BasicKind = 'bool' | 'int' | 'uint' | 'float' | 'string' | 'invalid';

function basicKind(value: Value): BasicKind {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
      return 'float';
    case 'string':
      return 'string';
    default:
  }
  if (value instanceof GoInteger) {
    return value.type.startsWith('u') ? 'uint' : 'int';
  }
  if (value instanceof GoObject && value.underlying() instanceof GoInteger) {
    return 'int';
  }
  return 'invalid';
}

function integerOf(value: Value): bigint {
  const integer = value instanceof GoObject ? value.underlying() : value;
  return (integer as GoInteger).value;
}

function isInteger(kind: BasicKind): boolean {
  return kind === 'int' || kind === 'uint';
}

function isNil(value: Value): boolean {
  return (
    value === undefined ||
    value === null ||
    ((value instanceof GoSlice || value instanceof GoMap) && value.isNil)
  );
}

function incompatible(left: Value, right: Value): FunctionError {
  return new FunctionError(
    `incompatible types for comparison: ${typeOf(left)} and ${typeOf(right)}`,
  );
}

function equalOther(left: Value, right: Value): boolean {
  const leftKind = kindOf(left);
  const rightKind = kindOf(right);
  if (
    leftKind !== rightKind &&
    leftKind !== 'invalid' &&
    rightKind !== 'invalid'
  ) {
    throw new FunctionError(
      `non-comparable types ${typeOf(left)} and ${typeOf(right)}`,
    );
  }
  if (isNil(left) || isNil(right)) {
    return isNil(left) && isNil(right);
  }
  if (rightKind === 'map' || rightKind === 'slice') {
    throw new FunctionError(`non-comparable type ${typeOf(right)}`);
  }
  return right instanceof GoObject && left instanceof GoObject
    ? left === right || (left.kind === 'struct' && left.equals(right))
    : left === right;
}

/** Whether the first argument equals one of the others; Go's type rules (text/template's eq). */
export function equal(left: Value, others: readonly Value[]): boolean {
  if (others.length === 0) {
    throw new FunctionError('missing argument for comparison');
  }
  const leftKind = basicKind(left);
  for (const right of others) {
    const rightKind = basicKind(right);
    let truth = false;
    if (isInteger(leftKind) && isInteger(rightKind)) {
      truth = integerOf(left) === integerOf(right);
    } else if (leftKind !== rightKind) {
      if (
        left !== undefined &&
        left !== null &&
        right !== undefined &&
        right !== null
      ) {
        throw incompatible(left, right);
      }
    } else if (leftKind === 'invalid') {
      truth = equalOther(left, right);
    } else {
      truth = left === right;
    }
    if (truth) {
      return true;
    }
  }
  return false;
}

/** text/template's lt. */
export function lessThan(left: Value, right: Value): boolean {
  const leftKind = basicKind(left);
  const rightKind = basicKind(right);
  if (leftKind === 'invalid' || rightKind === 'invalid') {
    throw new FunctionError('invalid type for comparison');
  }
  if (isInteger(leftKind) && isInteger(rightKind)) {
    return integerOf(left) < integerOf(right);
  }
  if (leftKind !== rightKind) {
    throw incompatible(left, right);
  }
  if (leftKind === 'bool') {
    throw new FunctionError('invalid type for comparison');
  }
  return leftKind === 'string'
    ? compareStrings(left as string, right as string) < 0
    : (left as number) < (right as number);
}

/** text/template's le. */
export function lessOrEqual(left: Value, right: Value): boolean {
  return lessThan(left, right) || equal(left, [right]);
}
