import { FunctionError } from '../errors';
import { Value, isDict, typeOf } from '../values/types';
import { unmarshalYaml } from '../yaml/fromYaml';
import { marshalYaml } from '../yaml/toYaml';
import { FunctionMap, define } from './types';

function jsonTypeName(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'bool';
    default:
      return Array.isArray(value) ? 'array' : 'object';
  }
}

function mismatch(value: Value, type: string): FunctionError {
  return new FunctionError(
    `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${jsonTypeName(
      value,
    )} into Go value of type ${type}`,
  );
}

/** A YAML document that must be a map; an empty one is an empty map. */
export function yamlMap(text: string): Value {
  const value = unmarshalYaml(text);
  if (value === null || value === undefined) {
    return {};
  }
  if (!isDict(value)) {
    throw mismatch(value, 'map[string]interface {}');
  }
  return value;
}

/** A YAML document that must be a list; an empty one is an empty list. */
export function yamlList(text: string): Value {
  const value = unmarshalYaml(text);
  if (value === null || value === undefined) {
    return [];
  }
  if (typeOf(value) !== '[]interface {}') {
    throw mismatch(value, '[]interface {}');
  }
  return value;
}

/** The YAML functions that Argo CD adds to Sprig; they fail where Helm's answer the error as a value. */
export const yamlFunctions: FunctionMap = {
  toYaml: define(['any'], value => marshalYaml(value).replace(/\n$/, '')),
  fromYaml: define(['string'], yamlMap),
  fromYamlArray: define(['string'], yamlList),
};
