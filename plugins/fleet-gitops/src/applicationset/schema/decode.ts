import { ApplicationSetError } from '../errors';
import type { GoType, StructField, StructType } from './goType';

interface DecodeOptions {
  /** Field names are found whatever their case, as Go's `encoding/json` does and Kubernetes' decoder does not. */
  ignoreCase?: boolean;
}

/**
 * Reads a manifest as Kubernetes' typed decoding does: unknown fields are dropped, `null` and absent are the zero value,
 * a value of the wrong type is an error. The result has the form that Go writes: fields in the type's order, zero values
 * left out where the type says so. What was given is not changed, and not copied where it can be shared.
 *
 * @throws ApplicationSetError with reason `InvalidApplicationSet`
 */
export function decode(
  type: GoType,
  value: unknown,
  path: string,
  options: DecodeOptions = {},
): any {
  if (value === undefined || value === null) {
    return zeroValue(type);
  }
  switch (type.kind) {
    case 'string':
      return typeof value === 'string'
        ? value
        : wrongType('a string', value, path);
    case 'boolean':
      return typeof value === 'boolean'
        ? value
        : wrongType('true or false', value, path);
    case 'integer':
      return Number.isInteger(value)
        ? value
        : wrongType('an integer', value, path);
    case 'intOrString':
      return typeof value === 'string' || Number.isInteger(value)
        ? value
        : wrongType('an integer or a string', value, path);
    case 'json':
      return value;
    case 'list':
      if (!Array.isArray(value)) {
        return wrongType('a list', value, path);
      }
      return value.map((item, index) =>
        decode(type.element, item, `${path}[${index}]`, options),
      );
    case 'map':
      if (!isObject(value)) {
        return wrongType('a map', value, path);
      }
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          key,
          decode(type.element, item, `${path}.${key}`, options),
        ]),
      );
    default:
      if (!isObject(value)) {
        return wrongType('a map', value, path);
      }
      return decodeStruct(type, value, path, options);
  }
}

function decodeStruct(
  type: StructType,
  value: Record<string, unknown>,
  path: string,
  options: DecodeOptions,
): any {
  const source = options.ignoreCase ? matchFieldNames(type, value) : value;
  const result: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(type.fields)) {
    const given = source[name];
    if (field.pointer && (given === undefined || given === null)) {
      continue;
    }
    const item = decode(
      field.type,
      given,
      path ? `${path}.${name}` : name,
      options,
    );
    if (!isOmitted(field, item)) {
      result[name] = item;
    }
  }
  return result;
}

function matchFieldNames(type: StructType, value: Record<string, unknown>) {
  const names = new Map(
    Object.keys(type.fields).map(name => [
      name.toLocaleLowerCase('en-US'),
      name,
    ]),
  );
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      names.get(key.toLocaleLowerCase('en-US')) ?? key,
      item,
    ]),
  );
}

/** The value that Go gives a field that the manifest does not name; `undefined` for lists, maps and pointers. */
export function zeroValue(type: GoType): any {
  switch (type.kind) {
    case 'string':
      return '';
    case 'boolean':
      return false;
    case 'integer':
    case 'intOrString':
      return 0;
    case 'struct':
      return decodeStruct(type, {}, '', {});
    default:
      return undefined;
  }
}

/** Whether Go's `encoding/json` leaves this field out. */
export function isOmitted(field: StructField, value: unknown): boolean {
  if (value === undefined) {
    return true;
  }
  if (field.pointer || !field.omitEmpty) {
    return false;
  }
  switch (field.type.kind) {
    case 'list':
      return !field.keepEmpty && (value as unknown[]).length === 0;
    case 'map':
      return !field.keepEmpty && Object.keys(value as object).length === 0;
    case 'struct':
      return (
        Boolean(field.omitZero) && Object.keys(value as object).length === 0
      );
    default:
      return value === '' || value === false || value === 0;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongType(expected: string, value: unknown, path: string): never {
  throw new ApplicationSetError(
    'InvalidApplicationSet',
    `${path || 'the object'} must be ${expected}, not ${describe(value)}`,
  );
}

function describe(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (typeof value === 'object') {
    return 'a map';
  }
  if (typeof value === 'string') {
    return `the string ${JSON.stringify(value)}`;
  }
  return `the ${typeof value} ${value}; put it in quotes if a string is meant`;
}
