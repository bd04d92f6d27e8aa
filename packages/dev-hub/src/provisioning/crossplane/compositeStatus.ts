import {
  customResourceDefinitions,
  type ObjectStore,
  type Resource,
} from '../../objects';

/** What a provider tells of a cluster. */
export interface ObservedCluster {
  endpoint: string;
  /** The version that its control plane and its nodes run. */
  kubernetesVersion?: string;
}

/**
 * What compositions write into the status of a composite: what the provider tells, as far as the definition has a field for it.
 *
 * @param composites - a kind of composite resources
 */
export function compositeStatus(
  store: ObjectStore,
  { group, plural, version }: Resource,
  observed: ObservedCluster,
): Record<string, unknown> {
  const definition = store.find(customResourceDefinitions, {
    name: `${plural}.${group}`,
  });
  const versions: any[] = (definition?.spec as any)?.versions ?? [];
  const declared =
    versions.find(({ name }) => name === version)?.schema?.openAPIV3Schema
      ?.properties?.status?.properties ?? {};
  return Object.fromEntries(
    Object.entries(observed).filter(
      ([field, value]) => value !== undefined && Object.hasOwn(declared, field),
    ),
  );
}
