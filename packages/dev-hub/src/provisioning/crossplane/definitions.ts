import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { customResourceDefinition } from '../../customResources';

export const GROUP = 'apiextensions.crossplane.io';

const STRING = { type: 'string' };
const NAMES = {
  type: 'object',
  required: ['kind', 'plural'],
  properties: { kind: STRING, plural: STRING, singular: STRING },
};

const XRD_SCHEMA = {
  type: 'object',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      required: ['group', 'names', 'versions'],
      properties: {
        group: STRING,
        names: NAMES,
        claimNames: NAMES,
        scope: {
          type: 'string',
          enum: ['LegacyCluster', 'Namespaced', 'Cluster'],
        },
        versions: { type: 'array', minItems: 1 },
      },
    },
  },
};

/**
 * The CustomResourceDefinitions of Crossplane 2, as far as the hub acts on them.
 *
 * Source: crossplane/crossplane `cluster/crds`.
 */
export function crossplaneDefinitions(): KubernetesObject[] {
  return [
    customResourceDefinition({
      group: GROUP,
      kind: 'CompositeResourceDefinition',
      scope: 'Cluster',
      shortNames: ['xrd', 'xrds'],
      categories: ['crossplane'],
      versions: [
        { name: 'v2', schema: XRD_SCHEMA, storage: true },
        { name: 'v1', schema: XRD_SCHEMA },
      ],
    }),
    customResourceDefinition({
      group: GROUP,
      kind: 'Composition',
      scope: 'Cluster',
      shortNames: ['xcomp'],
      categories: ['crossplane'],
      versions: [{ name: 'v1' }],
    }),
  ];
}

/** An XRD written in v1 has scope `LegacyCluster` unless it says otherwise; in v2, `Namespaced`. */
export function crossplaneConversions(
  group: string,
  kind: string,
  version: string,
) {
  if (group !== GROUP || kind !== 'CompositeResourceDefinition')
    return undefined;
  if (version !== 'v1') return undefined;
  return {
    fromStorage: (object: KubernetesObject) => ({
      ...object,
      apiVersion: `${GROUP}/v1`,
    }),
    toStorage: (object: KubernetesObject) => ({
      ...object,
      apiVersion: `${GROUP}/v2`,
      spec: { scope: 'LegacyCluster', ...object.spec },
    }),
  };
}
