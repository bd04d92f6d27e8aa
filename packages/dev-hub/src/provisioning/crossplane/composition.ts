import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { ObjectStore, Resource } from '../../objects';
import { GROUP } from './definitions';

/** A resource that a Composition makes, as far as it is written down without running a function. */
export interface ComposedResource {
  apiVersion: string;
  kind: string;
  name: string;
}

/** The Composition of a composite: the one that it names, or the one for its kind. */
function compositionOf(
  store: ObjectStore,
  composite: KubernetesObject,
  resource: Resource,
): KubernetesObject | undefined {
  const compositions = store.findKind(GROUP, 'Composition');
  if (!compositions) return undefined;
  const spec: any = composite.spec ?? {};
  const named = (spec.crossplane ?? spec).compositionRef?.name;
  if (named) return store.find(compositions, { name: named });
  return store.list(compositions).items.find(({ spec: candidate }) => {
    const { apiVersion, kind } = (candidate as any)?.compositeTypeRef ?? {};
    return (
      kind === resource.kind && apiVersion?.split('/')[0] === resource.group
    );
  });
}

/**
 * What the Composition of a composite makes: the `resources` in the input of its pipeline's steps. Functions that make
 * resources by a program tell nothing.
 */
export function composedResources(
  store: ObjectStore,
  composite: KubernetesObject,
  resource: Resource,
): ComposedResource[] {
  const composition = compositionOf(store, composite, resource);
  const steps: any[] = (composition?.spec as any)?.pipeline ?? [];
  return steps.flatMap(({ input }) => {
    const resources: any[] = Array.isArray(input?.resources)
      ? input.resources
      : [];
    return resources.flatMap(({ name, base }) =>
      base?.kind
        ? [{ apiVersion: base.apiVersion, kind: base.kind, name }]
        : [],
    );
  });
}
