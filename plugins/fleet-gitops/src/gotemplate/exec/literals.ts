import { ArgumentNode, NumberNode } from '../parse/nodes';
import { duration } from '../time/duration';
import { Value, int } from '../values/types';
import { typeText } from './validateType';

/** The value of an untyped number: float64 with a point or exponent, else int; undefined when it is too large. */
export function constantValue(node: NumberNode): Value {
  const { text, isChar, integer, float } = node;
  const isHexInteger = /^0[xX]/.test(text) && !/[pP]/.test(text);
  if (float !== undefined && !isHexInteger && !isChar && /[.eEpP]/.test(text)) {
    return float;
  }
  return integer === undefined ? undefined : int(integer);
}

/** A literal as an argument of a basic type; undefined when Go does not convert it. */
export function literalOfType(
  node: ArgumentNode,
  type: string,
): { value: Value } | undefined {
  const some = <T extends Value>(value: T | undefined) =>
    value === undefined ? undefined : { value };
  if (type === 'bool') {
    return node.kind === 'bool' ? some(node.value) : undefined;
  }
  if (type === 'string') {
    return node.kind === 'string' ? some(node.text) : undefined;
  }
  if (node.kind !== 'number') {
    return undefined;
  }
  switch (type) {
    case 'float64':
      return some(node.float);
    case 'int':
      return node.integer === undefined
        ? undefined
        : some(Number(node.integer));
    case 'uint32':
      return node.unsigned === undefined
        ? undefined
        : some(Number(BigInt.asUintN(32, node.unsigned)));
    case 'time.Duration':
      return node.integer === undefined
        ? undefined
        : some(duration(node.integer));
    default:
      return undefined;
  }
}

const EXPECTATIONS: Record<string, string> = {
  bool: 'bool',
  string: 'string',
  float64: 'float',
  int: 'integer',
  uint32: 'unsigned integer',
  'time.Duration': 'integer',
};

/** Why a literal cannot be passed as a parameter of a type. */
export function literalMismatch(type: string, literal: string): string {
  return Object.hasOwn(EXPECTATIONS, type)
    ? `expected ${EXPECTATIONS[type]}; found ${literal}`
    : `can't handle ${literal} for arg of type ${typeText(type)}`;
}
