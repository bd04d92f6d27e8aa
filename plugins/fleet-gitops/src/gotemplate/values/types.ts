import { FunctionError } from '../errors';

export type IntegerType =
  | 'int'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint32'
  | 'uint64'
  | 'uint';

/** An integer with its Go type; JSON numbers are float64 and stay JavaScript numbers. */
export class GoInteger {
  constructor(readonly type: IntegerType, readonly value: bigint) {}
}

/** A slice that is not `[]interface {}` (that one is a JavaScript array), or a nil slice. */
export class GoSlice {
  constructor(
    readonly elementType: string,
    readonly items: Value[],
    readonly isNil = false,
  ) {}
}

/** A map that is not `map[string]interface {}` (that one is a plain object); keys are strings. */
export class GoMap {
  constructor(
    readonly type: string,
    readonly entries: Record<string, Value>,
    readonly isNil = false,
  ) {}

  /** What a missing entry evaluates to where Go takes the zero value of the element type. */
  get zeroElement(): Value {
    return this.type.endsWith(']string') ? '' : null;
  }
}

/** A method of a Go value; the arguments have the types of `parameters`. */
export interface GoMethod {
  parameters: readonly string[];
  call(...args: any[]): Value;
}

/** A Go value of a named type with methods or fields: a time, a version, Helm's `.Files`. */
export abstract class GoObject {
  /** As `%T` prints it. */
  abstract readonly type: string;
  /** As reflect.Kind prints it. */
  abstract readonly kind: 'ptr' | 'struct' | 'int' | 'int64' | 'map' | 'slice';
  /** fmt.Stringer, where the type has it. */
  toGoString(): string | undefined {
    return undefined;
  }
  /** fmt.GoStringer, where the type has it: what `%#v` prints. */
  toGoSyntax(): string | undefined {
    return undefined;
  }
  /** The value fmt prints where the type is no fmt.Stringer, or for verbs that ask for the number. */
  underlying(): Value {
    return undefined;
  }
  /** What Sprig's deepCopy makes of it. */
  deepCopy(): GoObject {
    return this;
  }
  /** Go's `==`, for struct types; pointers are equal only to themselves. */
  equals(_other: GoObject): boolean {
    return false;
  }
  /** Whether `if` takes it as true. */
  isTrue(): boolean {
    return true;
  }
  method(_name: string): GoMethod | undefined {
    return undefined;
  }
  /** What `range` visits, for map types. */
  entries(): Record<string, Value> | undefined {
    return undefined;
  }
  /** An exported field of a struct or an entry of a map. */
  field(_name: string): { value: Value } | undefined {
    return undefined;
  }
  /** As encoding/json writes it, for types with MarshalJSON or exported fields. */
  /** The fields that encoding/json writes, in the order of the struct; `undefined` where `toGoJson` says all. */
  jsonFields(): Readonly<Record<string, Value>> | undefined {
    return undefined;
  }
  toGoJson(): Value {
    throw new FunctionError(`json: unsupported type: ${this.type}`);
  }
}

export interface GoDict {
  [key: string]: Value;
}

/**
 * A value in a template.
 *
 * `undefined` is no value at all (Go: the zero reflect.Value, for example a missing key), `null` is a nil interface
 * (JSON null), numbers are float64, arrays `[]interface {}`, plain objects `map[string]interface {}`.
 */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | GoInteger
  | GoSlice
  | GoMap
  | GoObject
  | Value[]
  | GoDict;

/** A nil `map[string]interface {}`: can be read, not written. */
export const NIL_MAP: GoDict = Object.freeze(Object.create(null));

export const NIL_LIST = new GoSlice('interface {}', [], true);

/** A Go `int`. */
export function int(value: number | bigint): GoInteger {
  return new GoInteger('int', BigInt(value));
}

export function int64(value: number | bigint): GoInteger {
  return new GoInteger('int64', BigInt.asIntN(64, BigInt(value)));
}

export function isDict(value: Value): value is GoDict {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof GoInteger) &&
    !(value instanceof GoSlice) &&
    !(value instanceof GoMap) &&
    !(value instanceof GoObject)
  );
}

/** A nil slice or map: empty, and null in JSON. */
export function isNilCollection(value: Value): boolean {
  return (
    value === NIL_MAP ||
    ((value instanceof GoSlice || value instanceof GoMap) && value.isNil)
  );
}

/** The elements of a slice of any type, undefined for anything else. */
export function sliceItems(value: Value): Value[] | undefined {
  if (Array.isArray(value)) {
    return value;
  }
  return value instanceof GoSlice ? value.items : undefined;
}

/** The entries of a map of any type, undefined for anything else. */
export function mapEntries(value: Value): Record<string, Value> | undefined {
  if (value instanceof GoMap) {
    return value.entries;
  }
  return isDict(value) ? value : undefined;
}

/** Sets an entry, also one that is called `__proto__`. */
export function setEntry(dict: GoDict, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(dict, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    dict[key] = value;
  }
}

/** The type as Go's `%T` prints it; `<nil>` for no value. */
export function typeOf(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'float64';
    case 'boolean':
      return 'bool';
    default:
  }
  if (value === null || value === undefined) {
    return '<nil>';
  }
  if (Array.isArray(value)) {
    return '[]interface {}';
  }
  if (
    value instanceof GoInteger ||
    value instanceof GoObject ||
    value instanceof GoMap
  ) {
    return value.type;
  }
  if (value instanceof GoSlice) {
    return `[]${value.elementType}`;
  }
  return 'map[string]interface {}';
}

/** The kind as reflect.Kind prints it; `invalid` for no value. */
export function kindOf(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'float64';
    case 'boolean':
      return 'bool';
    default:
  }
  if (value === null || value === undefined) {
    return 'invalid';
  }
  if (Array.isArray(value) || value instanceof GoSlice) {
    return 'slice';
  }
  if (value instanceof GoInteger) {
    return value.type;
  }
  return value instanceof GoObject ? value.kind : 'map';
}
