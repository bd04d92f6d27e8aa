import {
  parseFloat64,
  parseInteger,
  parseUnsigned,
} from '../values/parseNumber';
import { unquoteChar } from '../values/unquote';
import { NumberNode } from './nodes';

/** A number or character literal; an error text when it is none (text/template/parse's newNumber). */
export function parseNumberLiteral(
  pos: number,
  text: string,
  type: 'number' | 'complex' | 'charConstant',
): NumberNode | string {
  if (type === 'charConstant') {
    const code = unquoteChar(text);
    if (typeof code === 'string') {
      return code;
    }
    return {
      kind: 'number',
      pos,
      text,
      isChar: true,
      integer: BigInt(code),
      unsigned: BigInt(code),
      float: code,
    };
  }
  if (type === 'complex' || text.endsWith('i')) {
    return `complex numbers are not supported: ${text}`;
  }
  const node: NumberNode = { kind: 'number', pos, text, isChar: false };
  node.unsigned = parseUnsigned(text, 0);
  node.integer = parseInteger(text, 0);
  if (node.integer === 0n) {
    node.unsigned = 0n;
  }
  if (node.integer !== undefined || node.unsigned !== undefined) {
    node.float = Number(node.integer ?? node.unsigned);
    return node;
  }
  const float = parseFloat64(text);
  if (float === undefined) {
    return `illegal number syntax: ${JSON.stringify(text)}`;
  }
  if (!/[.eEpP]/.test(text)) {
    return `integer overflow: ${JSON.stringify(text)}`;
  }
  node.float = float;
  if (Number.isInteger(float)) {
    const whole = BigInt(float);
    node.integer = BigInt.asIntN(64, whole) === whole ? whole : undefined;
    node.unsigned = BigInt.asUintN(64, whole) === whole ? whole : undefined;
  }
  return node;
}
