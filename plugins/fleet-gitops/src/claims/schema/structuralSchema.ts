import Ajv, { ErrorObject } from 'ajv';
import { RE2JS } from 're2js';
import { formatFieldPath, valueAt } from '../fieldPath';
import type { JsonSchema } from '../types';

/**
 * A field that an API server would refuse, or take away as unknown.
 *
 * @public
 */
export interface SchemaViolation {
  /** For example `spec.pools[0].replicas`. */
  field: string;
  path: Array<string | number>;
  /** What it must be, to follow the field's name. */
  message: string;
}

/** What is said of a required field that is not there. */
export const MISSING = 'is missing';

/** What a schema says of a value, and the value with the schema's defaults. */
export interface Validation {
  violations: SchemaViolation[];
  defaulted: unknown;
}

const OBJECT_FIELDS = {
  apiVersion: { type: 'string' },
  kind: { type: 'string' },
  metadata: { type: 'object' },
};

/**
 * Turns the structural schema of a CustomResourceDefinition into a JSON schema that knows no other fields than it names.
 *
 * @remarks
 * An API server prunes unknown fields silently, and `kubectl` and Argo CD's server-side apply refuse them with strict
 * validation; a claim with a misspelt field is a mistake either way. CEL rules (`x-kubernetes-validations`) stay for `checkRules`.
 *
 * Source: Kubernetes "Extend the Kubernetes API with CustomResourceDefinitions", "Specifying a structural schema".
 */
export function closedSchema(
  schema: any,
  options: { isObject?: boolean } = {},
): JsonSchema {
  if (!schema || typeof schema !== 'object') return {};
  const { nullable, minimum, maximum, ...rest } = schema;
  const result: any = { ...rest };
  if (schema['x-kubernetes-int-or-string']) {
    delete result.type;
    result.anyOf = [{ type: 'integer' }, { type: 'string' }];
  }
  if (nullable && typeof result.type === 'string')
    result.type = [result.type, 'null'];
  // OpenAPI 3.0 says with a boolean whether the bound itself is excluded.
  for (const [bound, value, exclusive] of [
    ['minimum', minimum, 'exclusiveMinimum'],
    ['maximum', maximum, 'exclusiveMaximum'],
  ] as const) {
    if (value === undefined) continue;
    delete result[exclusive];
    result[schema[exclusive] === true ? exclusive : bound] = value;
  }
  if (schema.items) result.items = closedSchema(schema.items);
  const isOpen =
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    schema.additionalProperties === true;
  if (schema.additionalProperties && !isOpen) {
    result.additionalProperties = closedSchema(schema.additionalProperties);
  } else if (schema.properties || schema.type === 'object') {
    const embedded =
      options.isObject || schema['x-kubernetes-embedded-resource'];
    result.properties = {
      ...Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, property]) => [
          key,
          closedSchema(property),
        ]),
      ),
      ...(embedded ? OBJECT_FIELDS : {}),
    };
    result.additionalProperties = isOpen;
  }
  return result;
}

/** Patterns follow Go's syntax, as the API server compiles them. */
function compilePattern(pattern: string) {
  const expression = RE2JS.compile(pattern);
  return {
    test: (text: string) => expression.matcher(text).find(),
    // Ajv keeps compiled patterns by this text.
    toString: () => pattern,
  };
}
compilePattern.code = 'undefined';

/** Options that take a schema as Kubernetes and forms write it. */
export function createValidator(options: { useDefaults: boolean }): Ajv {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: false,
    logger: false,
    code: { regExp: compilePattern },
    ...options,
  });
  ajv.addKeyword({
    keyword: 'x-kubernetes-list-map-keys',
    type: 'array',
    validate: (keys: string[], items: unknown[]) =>
      areDistinct(items.map(item => keys.map(key => valueAt(item, [key])))),
    error: { message: 'must not have two items with the same key' },
  });
  ajv.addKeyword({
    keyword: 'x-kubernetes-list-type',
    type: 'array',
    validate: (type: string, items: unknown[]) =>
      type !== 'set' || areDistinct(items),
    error: { message: 'must not have the same item twice' },
  });
  return ajv;
}

function areDistinct(values: unknown[]): boolean {
  const texts = values.map(value => JSON.stringify(value));
  return new Set(texts).size === texts.length;
}

/**
 * Checks a value against a JSON schema, after its defaults were filled in as an API server does it.
 *
 * @returns what is wrong, each field once; and the value with its defaults
 * @throws `Error` where the schema itself is none
 */
export function validate(schema: JsonSchema, value: unknown): Validation {
  const defaulted = structuredClone(value);
  const check = createValidator({ useDefaults: true }).compile(schema);
  if (check(defaulted)) return { violations: [], defaulted };
  const violations = new Map<string, SchemaViolation>();
  for (const error of check.errors ?? []) {
    const found = describeError(error);
    const known = violations.get(found.field);
    if (!known) violations.set(found.field, found);
    else if (!known.message.includes(found.message))
      known.message += ` and ${found.message}`;
  }
  return { violations: [...violations.values()], defaulted };
}

function describeError(error: ErrorObject): SchemaViolation {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map(part => (/^(0|[1-9][0-9]*)$/.test(part) ? Number(part) : part));
  const { params } = error;
  let message = error.message ?? 'is not valid';
  if (error.keyword === 'required') {
    path.push(params.missingProperty);
    message = MISSING;
  } else if (error.keyword === 'additionalProperties') {
    path.push(params.additionalProperty);
    message = 'is not known';
  } else if (error.keyword === 'enum') {
    message = `must be one of ${params.allowedValues
      .map((allowed: unknown) => `\`${allowed}\``)
      .join(', ')}`;
  } else if (error.keyword === 'type') {
    message = `must be of type ${[params.type].flat().join(' or ')}`;
  } else if (error.keyword === 'pattern') {
    message = `must match \`${params.pattern}\``;
  }
  return violation(path, message);
}

/** A violation of the field at a path. */
export function violation(
  path: Array<string | number>,
  message: string,
): SchemaViolation {
  return { field: formatFieldPath(path) || 'the object', path, message };
}
