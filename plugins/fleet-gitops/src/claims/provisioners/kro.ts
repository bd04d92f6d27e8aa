import type { Provisioner } from './types';

/** Instances of a ResourceGraphDefinition. */
export const kro: Provisioner = {
  kind: 'kro',
  title: 'KRO instance',
  problem(claim, definition) {
    if (definition?.crossplane)
      return `${claim.kind} is defined by Crossplane in ${definition.source}`;
    return claim.apiVersion?.includes('/')
      ? undefined
      : 'lacks the group in its apiVersion, for example kro.run/v1alpha1';
  },
};
