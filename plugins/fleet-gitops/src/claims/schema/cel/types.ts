import { NotSupported } from './errors';

/**
 * A value of CEL: `int` is a `bigint`, `double` a `number`, `list` an array, `map` a `Map`; `string`, `bool` and `null` are
 * themselves, `bytes` a `Uint8Array`. The rest are classes.
 */
export type CelValue = any;

/** A whole number without a sign. */
export class Uint {
  constructor(readonly value: bigint) {}
}

/** A point in time. */
export class Timestamp {
  constructor(
    /** Nanoseconds since 1970. */
    readonly nanos: bigint,
    /** Minutes east of UTC that its text had; only its text shows them. */
    readonly offset = 0,
  ) {}
}

/** An amount of time. */
export class Duration {
  constructor(readonly nanos: bigint) {}
}

/** A value that may be missing. */
export class Optional {
  static readonly NONE = new Optional(undefined);

  private constructor(readonly value: CelValue) {}

  static of(value: CelValue): Optional {
    return new Optional(value);
  }

  get isPresent(): boolean {
    return this.value !== undefined;
  }
}

/** A type as a value: `type(self.size) == int`. */
export class CelType {
  constructor(readonly name: string) {}
}

/** An object whose schema names its properties. */
export class CelObject {
  constructor(
    /** Properties that have a value, by the names that rules write. */
    readonly fields: ReadonlyMap<string, CelValue>,
    /** Properties of the schema. */
    readonly declared: ReadonlySet<string>,
    /** What the schema does not describe, as it is. */
    readonly unknown: Readonly<Record<string, unknown>> = {},
  ) {}
}

const KEYS = new WeakMap<readonly CelValue[], readonly string[]>();

/** Makes a list one that Kubernetes compares and adds by the keys of its items; as a set where there are none. */
export function keyedList(
  items: CelValue[],
  keys: readonly string[],
): CelValue[] {
  KEYS.set(items, keys);
  return items;
}

/** Names of the properties that tell the items of a list apart, none for a set; `undefined` for a list in order. */
export function keysOf(
  list: readonly CelValue[],
): readonly string[] | undefined {
  return KEYS.get(list);
}

/** A text that is not the same here as in Kubernetes, like the message of an error. */
export class UnknownText {}

const CLASSES = new Map<unknown, string>([
  [Uint, 'uint'],
  [Timestamp, 'timestamp'],
  [Duration, 'duration'],
  [Optional, 'optional'],
  [CelType, 'type'],
  [CelObject, 'object'],
  [Map, 'map'],
  [UnknownText, 'unknown'],
]);

/** Makes the values of a class a type of its own. */
export function declareType(name: string, constructor: unknown): void {
  CLASSES.set(constructor, name);
}

/** The type of a value, as the signatures of functions name it. */
export function typeOf(value: CelValue): string {
  switch (typeof value) {
    case 'bigint':
      return 'int';
    case 'number':
      return 'double';
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    default:
  }
  if (value === null) return 'null_type';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Uint8Array) return 'bytes';
  const name = CLASSES.get(value?.constructor);
  if (name === undefined) throw new NotSupported('a value of no known type');
  return name;
}

/** Code points, as positions in texts count them. */
export function characters(text: string): string[] {
  return [...text];
}

/** The bytes of a text in UTF-8. */
export function utf8(text: string): Uint8Array {
  // An array of this realm, whatever made the encoder.
  return Uint8Array.from(new TextEncoder().encode(text));
}

/** A whole number as maps have it as a key: all numbers that are equal are one key. */
export function mapKey(key: CelValue): CelValue {
  if (key instanceof Uint) return key.value;
  if (typeof key === 'number' && Number.isInteger(key)) return BigInt(key);
  return key;
}
