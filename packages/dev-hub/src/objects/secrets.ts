import type { AdmissionResult, KubernetesObject, StatusCause } from './types';
import { badRequest } from './status';

/** A core/v1 Secret. */
export interface Secret extends KubernetesObject {
  /** Values in base64. */
  data?: Record<string, string>;
  /** Write only: folded into `data`. */
  stringData?: Record<string, string>;
  type?: string;
  immutable?: boolean;
}

const CONFIG_KEY = /^[-._a-zA-Z0-9]+$/;
const CONFIG_KEY_MESSAGE =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

/** Keys that a Secret of a type must have. Source: Kubernetes `pkg/apis/core/validation` ValidateSecret. */
const REQUIRED_KEYS: Record<string, string[]> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};

/** Position of the first byte that is not base64, as Go's decoder reports it; undefined when all is well. */
function illegalBase64(text: string): number | undefined {
  const wrong = text.search(/[^A-Za-z0-9+/=]/);
  if (wrong >= 0) return wrong;
  const padding = text.search(/=(?!=?$)/);
  if (padding >= 0) return padding;
  return text.length % 4 === 0 ? undefined : text.length;
}

/** Folds `stringData` into `data`, as the API server does on every write. */
export function prepareSecret(object: KubernetesObject): KubernetesObject {
  const { stringData, data, ...rest } = object as Secret;
  for (const value of Object.values(data ?? {})) {
    const position = illegalBase64(String(value));
    if (position !== undefined) {
      throw badRequest(
        `Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte ${position}`,
      );
    }
  }
  const folded = { ...data };
  for (const [key, value] of Object.entries(stringData ?? {})) {
    folded[key] = Buffer.from(String(value), 'utf8').toString('base64');
  }
  return {
    ...rest,
    ...(Object.keys(folded).length > 0 ? { data: folded } : {}),
    type: rest.type || 'Opaque',
  };
}

export function admitSecret(
  object: KubernetesObject,
  old?: KubernetesObject,
): AdmissionResult {
  const causes: StatusCause[] = [];
  const data: Record<string, string> = object.data ?? {};
  for (const key of Object.keys(data)) {
    if (!CONFIG_KEY.test(key)) {
      causes.push({
        reason: 'FieldValueInvalid',
        message: `Invalid value: "${key}": ${CONFIG_KEY_MESSAGE}`,
        field: `data[${key}]`,
      });
    }
  }
  for (const key of REQUIRED_KEYS[object.type] ?? []) {
    if (!(key in data)) {
      causes.push({
        reason: 'FieldValueRequired',
        message: 'Required value',
        field: `data[${key}]`,
      });
    }
  }
  if (old && old.type !== object.type) {
    causes.push({
      reason: 'FieldValueInvalid',
      message: `Invalid value: "${object.type}": field is immutable`,
      field: 'type',
    });
  }
  return { causes };
}
