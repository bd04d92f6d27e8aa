import type { JsonSchema } from '../types';

interface Marker {
  name: string;
  value: string;
}

/** What each marker says, as the key of a structural schema and the type that it is allowed on. */
const BOUNDS: Record<string, string | undefined> = {
  minimum: undefined,
  maximum: undefined,
  minLength: 'string',
  maxLength: 'string',
  minItems: 'array',
  maxItems: 'array',
};
const OTHERS = [
  'required',
  'default',
  'description',
  'enum',
  'pattern',
  'uniqueItems',
  'immutable',
  'validation',
];

/**
 * Reads the markers behind the `|` of a SimpleSchema field: `required=true enum="a,b" default="a b"`.
 *
 * Source: kro `pkg/simpleschema/markers.go` `ParseMarkers`.
 */
export function parseMarkers(text: string): Marker[] {
  const markers: Marker[] = [];
  let name: string | undefined;
  let buffer = '';
  let isQuoted = false;
  let isEscaped = false;
  let brackets = 0;
  const finish = () => {
    markers.push({ name: name!, value: unquote(buffer) });
    name = undefined;
    buffer = '';
  };
  for (const character of text) {
    const isFree = !isQuoted && brackets === 0;
    if (character === '=' && name === undefined && isFree) {
      name = buffer.trim();
      if (!Object.hasOwn(BOUNDS, name) && !OTHERS.includes(name))
        throw new Error(`marker \`${name}\` is not known`);
      buffer = '';
      continue;
    }
    if (/\s/.test(character) && isFree) {
      if (name !== undefined && buffer !== '') finish();
      continue;
    }
    if (character === '"' && !isEscaped) isQuoted = !isQuoted;
    else if (!isQuoted && /[[{]/.test(character)) brackets++;
    else if (!isQuoted && /[\]}]/.test(character)) brackets--;
    isEscaped = isQuoted && character === '\\' && !isEscaped;
    buffer += character;
  }
  if (isQuoted) throw new Error('has an unclosed quote');
  if (brackets !== 0) throw new Error('has an unclosed bracket');
  if (name !== undefined) finish();
  else if (buffer.trim() !== '' || markers.length === 0)
    throw new Error(`marker \`${buffer.trim()}\` has no value`);
  return markers;
}

function unquote(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"')
    ? text.slice(1, -1).replace(/\\(["\\])/g, '$1')
    : text.trim();
}

/** Adds what markers say to the schema of a field. */
export function applyMarkers(
  schema: JsonSchema,
  markers: Marker[],
  require: () => void,
): JsonSchema {
  const result: JsonSchema = { ...schema };
  for (const { name, value } of markers) {
    if (Object.hasOwn(BOUNDS, name)) {
      const type = BOUNDS[name];
      if (type !== undefined && schema.type !== type)
        throw new Error(`\`${name}\` is for the type ${type} only`);
      result[name] = numberOf(name, value);
    } else if (name === 'required') {
      if (booleanOf(name, value)) require();
    } else if (name === 'default') {
      result.default = defaultOf(schema, value);
    } else if (name === 'enum') {
      result.enum = enumOf(schema, value);
    } else if (name === 'uniqueItems') {
      if (booleanOf(name, value)) result['x-kubernetes-list-type'] = 'set';
    } else if (name === 'description' || name === 'pattern') {
      result[name] = value;
    } else if (name === 'immutable' && booleanOf(name, value)) {
      // As KRO writes it: a rule in CEL. Forms and upgrades read it.
      addRule(result, {
        rule: 'self == oldSelf',
        message: 'field is immutable',
      });
    } else if (name === 'validation' && value.trim() !== '') {
      addRule(result, { rule: value, message: 'validation failed' });
    }
  }
  return result;
}

function addRule(schema: JsonSchema, rule: { rule: string; message: string }) {
  const rules = (schema['x-kubernetes-validations'] as unknown[]) ?? [];
  schema['x-kubernetes-validations'] = [...rules, rule];
}

function numberOf(name: string, value: string): number {
  const number = Number(value);
  if (value.trim() === '' || Number.isNaN(number))
    throw new Error(`\`${name}\` must be a number, not \`${value}\``);
  return number;
}

function booleanOf(name: string, value: string): boolean {
  // What Go's strconv.ParseBool takes.
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value)) return false;
  throw new Error(`\`${name}\` must be true or false, not \`${value}\``);
}

function defaultOf(schema: JsonSchema, value: string): unknown {
  if (schema.type === 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new Error(`\`default\` is no JSON: \`${value}\``);
  }
}

function enumOf(schema: JsonSchema, value: string): unknown[] {
  const items = value.split(',').map(item => item.trim());
  if (items.includes('')) throw new Error('`enum` has an empty value');
  if (schema.type === 'string') return items;
  if (schema.type === 'integer')
    return items.map(item => numberOf('enum', item));
  throw new Error('`enum` is for the types string and integer only');
}
