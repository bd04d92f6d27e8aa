import type { JsonSchema } from '../types';
import { applyMarkers, parseMarkers } from './markers';

/** Types that a ResourceGraphDefinition declares in `schema.types`, as SimpleSchema. */
type CustomTypes = Record<string, unknown>;

const ATOMIC: Record<string, string> = {
  string: 'string',
  boolean: 'boolean',
  integer: 'integer',
  float: 'number',
  number: 'number',
};
const MAX_DEPTH = 16;

/**
 * Turns KRO's SimpleSchema (`name: string | required=true`) into the structural schema of the CRD that KRO makes of it.
 *
 * Source: kro `pkg/simpleschema`.
 *
 * @throws `Error` that names the field and what is wrong with it
 * @public
 */
export function simpleSchemaToOpenApi(
  fields: Record<string, unknown>,
  types: CustomTypes = {},
): JsonSchema {
  return objectSchema(fields, types, []);
}

function objectSchema(
  fields: Record<string, unknown>,
  types: CustomTypes,
  via: string[],
): JsonSchema {
  const required: string[] = [];
  const properties: Record<string, any> = {};
  for (const [name, field] of Object.entries(fields)) {
    try {
      properties[name] = fieldSchema(name, field, types, via, required);
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`);
    }
  }
  const hasDefault = Object.values(properties).some(
    property => property.default !== undefined,
  );
  return {
    type: 'object',
    properties,
    ...(required.length > 0 ? { required } : {}),
    // An object whose fields all have a default or may be left out exists without being written.
    ...(hasDefault && required.length === 0 ? { default: {} } : {}),
  };
}

function fieldSchema(
  name: string,
  field: unknown,
  types: CustomTypes,
  via: string[],
  required: string[],
): JsonSchema {
  if (field !== null && typeof field === 'object' && !Array.isArray(field))
    return objectSchema(field as Record<string, unknown>, types, via);
  if (typeof field !== 'string')
    throw new Error('must be a type or an object of fields');
  const bar = field.indexOf('|');
  const type = (bar === -1 ? field : field.slice(0, bar)).trim();
  const schema = typeSchema(type, types, via);
  if (bar === -1) return schema;
  return applyMarkers(schema, parseMarkers(field.slice(bar + 1)), () =>
    required.push(name),
  );
}

function typeSchema(
  type: string,
  types: CustomTypes,
  via: string[],
  depth = 0,
): JsonSchema {
  if (depth > MAX_DEPTH) throw new Error(`\`${type}\` is nested too deep`);
  if (Object.hasOwn(ATOMIC, type)) return { type: ATOMIC[type] };
  if (type === 'object')
    return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  if (type.startsWith('[]'))
    return {
      type: 'array',
      items: typeSchema(type.slice(2).trim(), types, via, depth + 1),
    };
  if (type.startsWith('map[string]'))
    return {
      type: 'object',
      additionalProperties: typeSchema(
        type.slice('map[string]'.length).trim(),
        types,
        via,
        depth + 1,
      ),
    };
  if (!Object.hasOwn(types, type))
    throw new Error(`type \`${type}\` is not known`);
  if (via.includes(type)) throw new Error(`type \`${type}\` contains itself`);
  return fieldSchema(type, types[type], types, [...via, type], []);
}
