import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import {
  customResourceDefinition,
  type Definition,
} from '../../customResources';

/** Whether composites of a definition have claims, live in a namespace, or neither. */
export function scopeOf(
  definition: KubernetesObject,
): 'LegacyCluster' | 'Namespaced' | 'Cluster' {
  return (definition.spec as any).scope ?? 'Namespaced';
}

const REFERENCE = {
  type: 'object',
  properties: { name: { type: 'string' } },
};

/** Crossplane's own fields of a claim or a legacy composite. Source: crossplane-runtime `pkg/xcrd/schemas.go`. */
const LEGACY_FIELDS = {
  compositionRef: REFERENCE,
  compositionRevisionRef: REFERENCE,
  compositionSelector: { type: 'object' },
  compositionUpdatePolicy: { type: 'string', enum: ['Automatic', 'Manual'] },
  writeConnectionSecretToRef: { type: 'object' },
  resourceRef: { type: 'object' },
  resourceRefs: { type: 'array' },
  claimRef: { type: 'object' },
};

function withOwnFields(
  schema: any,
  fields: Record<string, object>,
): Record<string, any> {
  const spec = schema?.properties?.spec ?? { type: 'object' };
  return {
    ...schema,
    type: 'object',
    properties: {
      ...schema?.properties,
      spec: { ...spec, properties: { ...spec.properties, ...fields } },
    },
  };
}

function definitionOf(
  definition: KubernetesObject,
  names: { kind: string; plural: string },
  scope: Definition['scope'],
  category: string,
  fields: Record<string, object>,
): KubernetesObject {
  const { group, versions } = definition.spec as any;
  return customResourceDefinition(
    {
      group,
      ...names,
      scope,
      categories: ['crossplane', category],
      versions: versions.map((version: any) => ({
        name: version.name,
        served: version.served,
        storage: version.referenceable === true,
        schema: withOwnFields(version.schema?.openAPIV3Schema, fields),
      })),
    },
    {
      ownerReferences: [
        {
          apiVersion: definition.apiVersion!,
          kind: 'CompositeResourceDefinition',
          name: definition.metadata.name,
          uid: definition.metadata.uid!,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
  );
}

/** The definition of the composite resources (XRs) that a CompositeResourceDefinition offers. */
export function compositeDefinition(
  definition: KubernetesObject,
): KubernetesObject {
  const scope = scopeOf(definition);
  return definitionOf(
    definition,
    (definition.spec as any).names,
    scope === 'Namespaced' ? 'Namespaced' : 'Cluster',
    'composite',
    scope === 'LegacyCluster'
      ? LEGACY_FIELDS
      : { crossplane: { type: 'object', properties: LEGACY_FIELDS } },
  );
}

/** The definition of the claims; only composites of scope LegacyCluster may have them. */
export function claimDefinition(
  definition: KubernetesObject,
): KubernetesObject | undefined {
  const { claimNames } = definition.spec as any;
  if (!claimNames || scopeOf(definition) !== 'LegacyCluster') return undefined;
  return definitionOf(definition, claimNames, 'Namespaced', 'claim', {
    ...LEGACY_FIELDS,
    compositeDeletePolicy: {
      type: 'string',
      enum: ['Background', 'Foreground'],
      default:
        (definition.spec as any).defaultCompositeDeletePolicy ?? 'Background',
    },
  });
}
