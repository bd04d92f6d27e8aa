import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { PrinterColumn, Resource, ServedVersion } from '../objects';
import { schemaAdmission } from './schemaAdmission';

/** Turns objects of a kind from and into another version, as a conversion webhook does. */
export type Conversions = (
  group: string,
  kind: string,
  version: string,
) => Omit<ServedVersion, 'name'> | undefined;

const AGE: PrinterColumn = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
};

/** Conversion strategy `None`: nothing but the apiVersion changes. */
function renamed(group: string, stored: string, version: string) {
  const as = (name: string) => (object: KubernetesObject) => ({
    ...object,
    apiVersion: `${group}/${name}`,
  });
  return { fromStorage: as(version), toStorage: as(stored) };
}

/**
 * What a CustomResourceDefinition makes the API serve. Throws where its schema is no schema.
 *
 * Source: Kubernetes `apiextensions-apiserver/pkg/apis/apiextensions/v1/types.go`.
 */
export function toResource(
  definition: KubernetesObject,
  conversions: Conversions = () => undefined,
): Resource {
  const { group, names, scope, versions } = definition.spec as Record<
    string,
    any
  >;
  const stored = versions.find((version: any) => version.storage);
  if (!stored) {
    throw new Error(
      `${definition.metadata.name}: spec.versions must have one with storage: true`,
    );
  }
  const schema = schemaAdmission(
    stored.schema?.openAPIV3Schema ?? { type: 'object' },
  );
  return {
    group,
    version: stored.name,
    plural: names.plural,
    singular: names.singular ?? names.kind.toLocaleLowerCase('en-US'),
    kind: names.kind,
    listKind: names.listKind ?? `${names.kind}List`,
    shortNames: names.shortNames ?? [],
    categories: names.categories,
    namespaced: scope === 'Namespaced',
    custom: true,
    statusSubresource: stored.subresources?.status !== undefined,
    columns: stored.additionalPrinterColumns ?? [AGE],
    otherVersions: versions
      .filter((version: any) => version.served && version !== stored)
      .map(({ name }: { name: string }) => ({
        name,
        ...(conversions(group, names.kind, name) ??
          renamed(group, stored.name, name)),
      })),
    prepare: object => schema.withDefaults(object),
    admit: object => schema.admit(object),
  };
}
