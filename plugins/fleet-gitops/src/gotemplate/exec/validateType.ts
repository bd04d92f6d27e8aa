import { FunctionError } from '../errors';
import {
  GoInteger,
  GoMap,
  GoSlice,
  NIL_LIST,
  NIL_MAP,
  Value,
  isDict,
  typeOf,
} from '../values/types';

/** The zero value of a type that can be nil; undefined for one that cannot. */
export function zeroOfNillable(type: string): { value: Value } | undefined {
  if (type === 'any') {
    return { value: null };
  }
  if (type === 'value') {
    return { value: undefined };
  }
  if (type === 'map[string]interface {}') {
    return { value: NIL_MAP };
  }
  if (type === '[]interface {}') {
    return { value: NIL_LIST };
  }
  if (type.startsWith('[]')) {
    return { value: new GoSlice(type.slice(2), [], true) };
  }
  return type.startsWith('*') ? { value: null } : undefined;
}

/** A type as it appears in messages. */
export function typeText(type: string): string {
  if (type === 'any') {
    return 'interface {}';
  }
  return type === 'value' ? 'reflect.Value' : type;
}

/**
 * Checks that a value can be passed as a parameter of a type and converts it to what functions take
 * (text/template's validateType).
 */
export function validateType(value: Value, type: string): Value {
  if (type === 'value') {
    return value;
  }
  if (type === 'any') {
    return value === undefined ? null : value;
  }
  if (value === undefined) {
    const zero = zeroOfNillable(type);
    if (!zero) {
      throw new FunctionError(`invalid value; expected ${typeText(type)}`);
    }
    return zero.value;
  }
  switch (type) {
    case 'string':
      if (typeof value === 'string') return value;
      break;
    case 'bool':
      if (typeof value === 'boolean') return value;
      break;
    case 'float64':
      if (typeof value === 'number') return value;
      break;
    case 'int':
    case 'uint32':
      if (value instanceof GoInteger && value.type === type) {
        return Number(value.value);
      }
      break;
    case 'map[string]interface {}':
      if (isDict(value)) return value;
      // Helm's chartutil.Values is assignable to it: the same map under another name.
      if (value instanceof GoMap && value.type === 'chartutil.Values') {
        return value.entries;
      }
      break;
    default:
      if (value !== null && typeOf(value) === type) return value;
  }
  const actual = value === null ? 'interface {}' : typeOf(value);
  throw new FunctionError(
    `wrong type for value; expected ${typeText(type)}; got ${actual}`,
  );
}
