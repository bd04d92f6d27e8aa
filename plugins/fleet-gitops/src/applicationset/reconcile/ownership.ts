import type { Application, ApplicationSet } from '../../model/argocd';

type OwnerReference = NonNullable<
  Application['metadata']['ownerReferences']
>[number];

const API_VERSION = 'argoproj.io/v1alpha1';

/** The controller of an Application, whatever kind it is. */
export function controllerOf(
  application: Application,
): OwnerReference | undefined {
  return application.metadata.ownerReferences?.find(owner => owner.controller);
}

/** Whether this set controls an Application, by name as Argo CD's index has it. */
export function isOwnedBy(
  application: Application,
  applicationSet: ApplicationSet,
): boolean {
  const owner = controllerOf(application);
  return (
    owner?.apiVersion === API_VERSION &&
    owner.kind === 'ApplicationSet' &&
    owner.name === applicationSet.metadata.name
  );
}

/**
 * The owner references of an Application once the set controls it; `undefined` where another controller does.
 *
 * Source: `controller-runtime` `SetControllerReference`.
 */
export function withController(
  owners: OwnerReference[] | undefined,
  applicationSet: ApplicationSet,
): OwnerReference[] | undefined {
  const reference: OwnerReference = {
    apiVersion: API_VERSION,
    kind: 'ApplicationSet',
    name: applicationSet.metadata.name,
    uid: applicationSet.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
  const isSame = (other: OwnerReference) =>
    other.kind === reference.kind &&
    other.name === reference.name &&
    groupOf(other.apiVersion) === groupOf(reference.apiVersion);
  const current = owners ?? [];
  if (current.some(owner => owner.controller && !isSame(owner))) {
    return undefined;
  }
  return current.some(isSame)
    ? current.map(owner => (isSame(owner) ? reference : owner))
    : [...current, reference];
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}
