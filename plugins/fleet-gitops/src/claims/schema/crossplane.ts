import type { JsonSchema } from '../types';

const name = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' } },
};
const labels = {
  type: 'object',
  required: ['matchLabels'],
  properties: {
    matchLabels: { type: 'object', additionalProperties: { type: 'string' } },
  },
};
const reference = {
  type: 'object',
  properties: {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    name: { type: 'string' },
  },
};

const COMPOSITION = {
  compositionRef: name,
  compositionSelector: labels,
  compositionRevisionRef: name,
  compositionRevisionSelector: labels,
  compositionUpdatePolicy: { type: 'string', enum: ['Automatic', 'Manual'] },
};

const CLAIM = {
  ...COMPOSITION,
  compositeDeletePolicy: { type: 'string', enum: ['Background', 'Foreground'] },
  resourceRef: reference,
  writeConnectionSecretToRef: name,
};

const LEGACY_COMPOSITE = {
  ...COMPOSITION,
  claimRef: {
    type: 'object',
    properties: { ...reference.properties, namespace: { type: 'string' } },
  },
  resourceRefs: { type: 'array', items: reference },
  writeConnectionSecretToRef: {
    type: 'object',
    properties: { name: { type: 'string' }, namespace: { type: 'string' } },
  },
};

const COMPOSITE = {
  crossplane: {
    type: 'object',
    properties: {
      ...COMPOSITION,
      resourceRefs: { type: 'array', items: reference },
    },
  },
};

/** Which object of a CompositeResourceDefinition a schema is for. */
export type CrossplaneObject = 'claim' | 'legacy-composite' | 'composite';

const OWN_FIELDS: Record<CrossplaneObject, object> = {
  claim: CLAIM,
  'legacy-composite': LEGACY_COMPOSITE,
  composite: COMPOSITE,
};

/**
 * The structural schema of the CRD that Crossplane makes of a CompositeResourceDefinition: the XRD's own `spec`, and
 * Crossplane's fields, which a v2 composite has under `spec.crossplane`.
 *
 * Source: crossplane `internal/xcrd/crd.go`, `schemas.go`.
 */
export function crossplaneSchema(
  openAPIV3Schema: any,
  object: CrossplaneObject,
): JsonSchema {
  const spec = openAPIV3Schema?.properties?.spec ?? {};
  return {
    type: 'object',
    required: ['spec'],
    properties: {
      spec: {
        ...spec,
        type: 'object',
        properties: { ...spec.properties, ...OWN_FIELDS[object] },
      },
      status: {
        type: 'object',
        'x-kubernetes-preserve-unknown-fields': true,
      },
    },
  };
}
