import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { AdmissionResult, StatusCause } from '../objects';

const ajv = new Ajv({
  strict: false,
  allErrors: true,
  useDefaults: true,
  validateFormats: false,
  // The cause of a wrong value tells the value.
  verbose: true,
});

/** Checks objects against the schema of a CustomResourceDefinition. */
export interface SchemaAdmission {
  /** The object with the schema's defaults put in. */
  withDefaults(object: KubernetesObject): KubernetesObject;
  admit(object: KubernetesObject): AdmissionResult;
}

/**
 * Defaults and structural validation, as the API server has them for custom resources. CEL rules are not evaluated and
 * unknown fields are kept.
 *
 * @param schema - an OpenAPI v3 schema, `spec.versions[].schema.openAPIV3Schema`
 */
export function schemaAdmission(schema: object): SchemaAdmission {
  const validate: ValidateFunction = ajv.compile(schema);
  return {
    withDefaults(object) {
      const copy = structuredClone(object);
      validate(copy);
      return copy;
    },
    admit(object) {
      if (validate(structuredClone(object))) return { causes: [] };
      return { causes: (validate.errors ?? []).map(toCause) };
    },
  };
}

function fieldOf(error: ErrorObject, property?: string): string {
  const steps = error.instancePath.split('/').slice(1);
  const path = steps.reduce((text, step) => {
    if (/^\d+$/.test(step)) return `${text}[${step}]`;
    return text ? `${text}.${step}` : step;
  }, '');
  if (!property) return path || '<nil>';
  return path ? `${path}.${property}` : property;
}

/** The words of the API server: Kubernetes `kube-openapi/pkg/validation/errors`. */
function toCause(error: ErrorObject): StatusCause {
  const { keyword, params, data } = error;
  const field = fieldOf(error, params.missingProperty);
  const shown = JSON.stringify(data);
  const body = `Invalid value: ${shown}: ${field} in body`;
  switch (keyword) {
    case 'required':
      return { reason: 'FieldValueRequired', message: 'Required value', field };
    case 'type': {
      const type = Array.isArray(data) ? 'array' : typeof data;
      return {
        reason: 'FieldValueTypeInvalid',
        message: `Invalid value: "${type}": ${field} in body must be of type ${params.type}: "${type}"`,
        field,
      };
    }
    case 'enum':
      return {
        reason: 'FieldValueNotSupported',
        message: `Unsupported value: ${shown}: supported values: ${params.allowedValues
          .map((value: unknown) => JSON.stringify(value))
          .join(', ')}`,
        field,
      };
    case 'pattern':
      return {
        reason: 'FieldValueInvalid',
        message: `${body} should match '${params.pattern}'`,
        field,
      };
    case 'minimum':
    case 'maximum':
      return {
        reason: 'FieldValueInvalid',
        message: `${body} should be ${
          keyword === 'minimum' ? 'greater' : 'less'
        } than or equal to ${params.limit}`,
        field,
      };
    default:
      return {
        reason: 'FieldValueInvalid',
        message: `${body} ${error.message}`,
        field,
      };
  }
}
