import { NotSupported } from './errors';
import { parseDate, parseDuration, parseTimestamp } from './library/timeTexts';
import { CelObject, CelValue, keyedList, Timestamp } from './types';

/** Names that CEL keeps for itself. Source: apiserver `pkg/cel/escaping.go`. */
const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** How a rule writes the name of a property; `undefined` where it cannot. Source: apiserver `pkg/cel/escaping.go`. */
function escaped(name: string): string | undefined {
  if (RESERVED.has(name)) return `__${name}__`;
  if (!/^[A-Za-z_.\-/][A-Za-z0-9_.\-/]*$/.test(name)) return undefined;
  return name
    .replace(/__/g, '__underscores__')
    .replace(/\./g, '__dot__')
    .replace(/-/g, '__dash__')
    .replace(/\//g, '__slash__');
}

/** The names under which rules find a property: reserved words also as they are, where they follow a dot. */
function namesOf(property: string): string[] {
  const name = escaped(property);
  if (name === undefined) return [];
  return RESERVED.has(property) ? [name, property] : [name];
}

/** Of an object's metadata, rules see only the names. */
const METADATA = {
  type: 'object',
  properties: { name: { type: 'string' }, generateName: { type: 'string' } },
};

/** The properties of an object that rules can see, in a schema that {@link closedSchema} made. */
function propertiesOf(schema: any): Array<[string, any]> {
  return Object.entries<any>(schema.properties ?? {})
    .map(([name, property]): [string, any] =>
      name === 'metadata' && !property.properties
        ? [name, METADATA]
        : [name, property],
    )
    .filter(([, property]) => isVisible(property));
}

function typeOfSchema({ type }: any): string | undefined {
  return Array.isArray(type) ? type[0] : type;
}

function isIntOrString(schema: any): boolean {
  return schema['x-kubernetes-int-or-string'] === true;
}

/** Whether rules see values of a schema: of its type something must be known. Source: apiserver `pkg/cel/common/schemas.go`. */
function isVisible(schema: any): boolean {
  if (!schema || typeof schema !== 'object') return false;
  if (isIntOrString(schema)) return true;
  const type = typeOfSchema(schema);
  if (type === 'array') return isVisible(schema.items);
  return type === 'object' && typeof schema.additionalProperties === 'object'
    ? isVisible(schema.additionalProperties)
    : type !== undefined;
}

/** Texts of these formats are no texts to rules. Source: apiserver `pkg/cel/common/valuesunstructured.go`. */
const FORMATS: Record<string, (text: string) => CelValue | undefined> = {
  'date-time': text =>
    text === ''
      ? new Timestamp(0n)
      : parseTimestamp(text) ?? parseTimestamp(`${text}Z`),
  date: parseDate,
  duration: parseDuration,
  byte: parseBase64,
};

function parseBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), character => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/**
 * A value as rules see it.
 *
 * @param schema - what {@link closedSchema} made of the definition
 * @throws `NotSupported` where the value cannot be read as what its schema says
 */
export function toCelValue(schema: any, value: unknown): CelValue {
  if (value === null || value === undefined) return null;
  const type = typeOfSchema(schema ?? {});
  if (Array.isArray(value)) return toList(schema, value);
  if (typeof value === 'object') return toObject(schema ?? {}, value);
  if (typeof value === 'number')
    return type === 'number' ? value : wholeNumber(value);
  if (typeof value !== 'string' || isIntOrString(schema ?? {})) return value;
  const format = type === 'string' ? schema.format : undefined;
  if (!Object.hasOwn(FORMATS, format ?? '')) return value;
  const read = FORMATS[format](value);
  if (read === undefined)
    throw new NotSupported(`\`${value}\` is no ${format} that is known here`);
  return read;
}

function wholeNumber(value: number): bigint {
  if (Number.isSafeInteger(value)) return BigInt(value);
  throw new NotSupported(`${value} is no whole number that is exact here`);
}

function toList(schema: any, value: unknown[]): CelValue {
  const items = value.map(item => toCelValue(schema?.items, item));
  const type = schema?.['x-kubernetes-list-type'];
  if (type === 'set') return keyedList(items, []);
  if (type !== 'map') return items;
  const keys: string[] = schema['x-kubernetes-list-map-keys'] ?? [];
  return keyedList(
    items,
    keys.map(key => escaped(key) ?? key),
  );
}

function toObject(schema: any, value: object): CelValue {
  const entries = Object.entries(value);
  if (!schema.properties && typeof schema.additionalProperties === 'object')
    return new Map(
      entries.map(([key, item]) => [
        key,
        toCelValue(schema.additionalProperties, item),
      ]),
    );
  const visible = new Map(propertiesOf(schema));
  const fields = new Map<string, CelValue>();
  const unknown: Record<string, unknown> = {};
  for (const [property, item] of entries) {
    const names = visible.has(property) ? namesOf(property) : [];
    if (names.length === 0) unknown[property] = item;
    else if (item !== null) {
      const fieldValue = toCelValue(visible.get(property), item);
      for (const name of names) fields.set(name, fieldValue);
    }
  }
  const declared = new Set([...visible.keys()].flatMap(namesOf));
  return new CelObject(fields, declared, unknown);
}
