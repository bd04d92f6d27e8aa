import { evaluateCel } from './environment';

/** Names that CEL keeps for itself. Source: apiserver `pkg/cel/escaping.go`. */
const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** How a rule writes the name of a property; `undefined` where it cannot. Source: apiserver `pkg/cel/escaping.go`. */
function escaped(name: string): string | undefined {
  if (RESERVED.has(name)) return `__${name}__`;
  if (!/^[A-Za-z_][A-Za-z0-9_.\-/]*$/.test(name)) return undefined;
  return name
    .replace(/__/g, '__underscores__')
    .replace(/\./g, '__dot__')
    .replace(/-/g, '__dash__')
    .replace(/\//g, '__slash__');
}

const FORMATS: Record<string, string> = {
  'date-time': 'timestamp(self)',
  date: 'timestamp(self + "T00:00:00Z")',
  duration: 'duration(self)',
};

/** Of an object's metadata, rules see only the names. */
const METADATA = {
  properties: { name: { type: 'string' }, generateName: { type: 'string' } },
};

/** The properties of an object that rules can see, in a schema that {@link closedSchema} made. */
function propertiesOf(schema: any): Array<[string, any]> {
  return Object.entries<any>(schema.properties ?? {}).map(([name, property]) =>
    name === 'metadata' && !property.properties
      ? [name, METADATA]
      : [name, property],
  );
}

/**
 * A value as CEL's types have it: whole numbers as `bigint`, properties under the names that rules write.
 *
 * @param schema - what {@link closedSchema} made of the definition
 * @throws `Error` where the value cannot be read as what its format says
 */
export function toCelValue(schema: any, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  if (Array.isArray(value))
    return value.map(item => toCelValue(schema?.items, item));
  if (typeof value === 'object') return toCelObject(schema ?? {}, value);
  const isWhole = schema?.type !== 'number' && Number.isInteger(value);
  if (typeof value === 'number' && isWhole) return BigInt(value);
  if (typeof value === 'string' && Object.hasOwn(FORMATS, schema?.format ?? ''))
    return evaluateCel(FORMATS[schema.format], { self: value });
  return value;
}

function toCelObject(schema: any, value: object): Record<string, unknown> {
  const entries = Object.entries(value);
  if (!schema.properties)
    return Object.fromEntries(
      entries.map(([key, item]) => [
        key,
        toCelValue(schema.additionalProperties, item),
      ]),
    );
  const given = new Map(entries);
  return Object.fromEntries(
    propertiesOf(schema).flatMap(([name, property]) => {
      const key = escaped(name);
      return key !== undefined && (given.get(name) ?? null) !== null
        ? [[key, toCelValue(property, given.get(name))]]
        : [];
    }),
  );
}
