const SCALARS = ['string', 'integer', 'boolean', 'number', 'float'];

/** Markers behind the `|` of a field, as `name=value`. Values may be quoted. */
function markers(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name, quoted, bare] of text.matchAll(
    /(\w+)=(?:"((?:[^"\\]|\\.)*)"|(\S+))/g,
  )) {
    found.set(name, quoted?.replace(/\\(.)/g, '$1') ?? bare);
  }
  return found;
}

function scalarValue(type: string, text: string): unknown {
  if (type === 'boolean') return text === 'true';
  if (type === 'integer' || type === 'number') return Number(text);
  return text;
}

function typeSchema(type: string, types: Record<string, any>): any {
  const list = /^\[\](.+)$/.exec(type);
  if (list) return { type: 'array', items: typeSchema(list[1], types) };
  const map = /^map\[string\](.+)$/.exec(type);
  if (map) {
    return { type: 'object', additionalProperties: typeSchema(map[1], types) };
  }
  if (type === 'object') return { type: 'object' };
  if (SCALARS.includes(type))
    return { type: type === 'float' ? 'number' : type };
  if (types[type]) return simpleSchema(types[type], types);
  throw new Error(
    `unknown type ${type}: use ${SCALARS.join(
      ', ',
    )}, object, []T or map[string]T`,
  );
}

function fieldSchema(text: string, types: Record<string, any>) {
  const [type, rest = ''] = text.split(/\|(.*)/s).map(part => part.trim());
  const schema = typeSchema(type, types);
  const found = markers(rest);
  const number = (name: string) =>
    found.has(name) ? { [name]: Number(found.get(name)) } : {};
  return {
    required: found.get('required') === 'true',
    schema: {
      ...schema,
      ...number('minimum'),
      ...number('maximum'),
      ...number('minLength'),
      ...number('maxLength'),
      ...(found.has('pattern') ? { pattern: found.get('pattern') } : {}),
      ...(found.has('description')
        ? { description: found.get('description') }
        : {}),
      ...(found.has('enum')
        ? {
            enum: found
              .get('enum')!
              .split(',')
              .map(value => scalarValue(schema.type, value)),
          }
        : {}),
      ...(found.has('default')
        ? { default: scalarValue(schema.type, found.get('default')!) }
        : {}),
    },
  };
}

/**
 * OpenAPI schema of an object written in KRO's simple schema: `field: string | required=true default="x"`.
 *
 * Source: kubernetes-sigs/kro `pkg/simpleschema`.
 */
export function simpleSchema(
  fields: Record<string, any>,
  types: Record<string, any> = {},
): Record<string, any> {
  const required: string[] = [];
  const properties: Record<string, any> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'object' && value !== null) {
      properties[name] = simpleSchema(value, types);
      // What is inside may have defaults.
      if (hasDefault(properties[name])) properties[name].default = {};
    } else {
      const field = fieldSchema(String(value), types);
      if (field.required) required.push(name);
      properties[name] = field.schema;
    }
  }
  return {
    type: 'object',
    properties,
    ...(required.length > 0 ? { required } : {}),
  };
}

function hasDefault(schema: any): boolean {
  const children: any[] = Object.values(schema.properties ?? {});
  return (
    (schema.required ?? []).length === 0 &&
    children.some(child => child.default !== undefined)
  );
}
