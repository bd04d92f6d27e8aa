import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { Provisioner } from './types';

/** Claims of Crossplane v1: namespaced, with Crossplane's fields directly in `spec`. */
export const crossplaneClaim: Provisioner = {
  kind: 'crossplane-claim',
  title: 'Crossplane claim',
  problem(claim, definition) {
    if (definition && definition.crossplane !== 'claim')
      return `${claim.kind} is no kind of claim in ${definition.source}`;
    if (claim.spec?.crossplane)
      return 'has spec.crossplane, which only composite resources of Crossplane v2 have';
    return needsNamespace(claim);
  },
};

/** Composite resources of Crossplane v2, with Crossplane's fields in `spec.crossplane`, and the older cluster-scoped ones. */
export const crossplaneXr: Provisioner = {
  kind: 'crossplane-xr',
  title: 'Crossplane composite resource',
  problem(claim, definition) {
    const object = definition?.crossplane;
    if (definition && (object === undefined || object === 'claim'))
      return `${claim.kind} is no kind of composite resource in ${definition.source}`;
    return definition?.isNamespaced ? needsNamespace(claim) : undefined;
  },
};

function needsNamespace({ kind, metadata }: KubernetesObject) {
  return metadata.namespace
    ? undefined
    : `lacks metadata.namespace, which every ${kind} needs`;
}
