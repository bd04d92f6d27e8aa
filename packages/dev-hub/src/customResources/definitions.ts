import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';

/** One version of a CustomResourceDefinition. */
export interface DefinedVersion {
  name: string;
  served?: boolean;
  /** The version that objects are stored in; exactly one has it. */
  storage?: boolean;
  schema?: Record<string, any>;
  columns?: Array<{ name: string; type: string; jsonPath: string }>;
}

/** What a CustomResourceDefinition says of its kind. */
export interface Definition {
  group: string;
  kind: string;
  plural?: string;
  scope?: 'Namespaced' | 'Cluster';
  shortNames?: string[];
  categories?: string[];
  versions: DefinedVersion[];
}

/** A CustomResourceDefinition of apiextensions.k8s.io/v1. All its versions have a status subresource. */
export function customResourceDefinition(
  definition: Definition,
  metadata: Partial<KubernetesObject['metadata']> = {},
): KubernetesObject {
  const { group, kind, scope = 'Namespaced', versions } = definition;
  const singular = kind.toLocaleLowerCase('en-US');
  const plural = definition.plural ?? `${singular.replace(/ss$/, 'sse')}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { ...metadata, name: `${plural}.${group}` },
    spec: {
      group,
      names: {
        kind,
        listKind: `${kind}List`,
        plural,
        singular,
        ...(definition.shortNames ? { shortNames: definition.shortNames } : {}),
        ...(definition.categories ? { categories: definition.categories } : {}),
      },
      scope,
      versions: versions.map(version => ({
        name: version.name,
        served: version.served ?? true,
        storage: version.storage ?? versions.length === 1,
        subresources: { status: {} },
        ...(version.columns
          ? { additionalPrinterColumns: version.columns }
          : {}),
        schema: {
          openAPIV3Schema: version.schema ?? {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
      })),
    },
  };
}
