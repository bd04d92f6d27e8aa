import type {
  KubernetesObject,
  ProvisioningSource,
} from '@backstage-fleet/plugin-fleet-common';
import {
  projectCapiCluster,
  projectClaim,
  projectClusterClass,
  projectClusterPart,
  projectCustomResourceDefinition,
} from '../projection';
import type { WatchedResource } from '../watchedResource';

/** A resource as discovery (`/apis/<group>/<version>`) lists it. */
export interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
  verbs: string[];
}

/** Which Crossplane and KRO kinds are clusters: names as `Kind` or `Kind.group`; default is a name with `Cluster` in it. */
export type ClusterKinds = string[] | undefined;

/** What is read of provisioning, see `HubObjectKind`. */
export type ProvisioningKind = 'Claim' | 'ClaimPart' | 'Definition';

const CAPI = 'cluster.x-k8s.io';
const CONTROL_PLANES = 'controlplane.cluster.x-k8s.io';

/** Groups of Cluster API with the versions that we can read, the best first. */
export const CAPI_GROUPS: Record<string, string[]> = {
  [CAPI]: ['v1beta2', 'v1beta1'],
  [CONTROL_PLANES]: ['v1beta2', 'v1beta1'],
};

/** The resources of a group of Cluster API that tell of clusters. */
export function capiResources(
  group: string,
  version: string,
  resources: ApiResource[],
): WatchedResource[] {
  return resources.filter(isWatchable).flatMap(resource => {
    if (group === CONTROL_PLANES) {
      return /ControlPlane$/.test(resource.kind)
        ? [watched(group, version, resource, 'ClaimPart', projectClusterPart)]
        : [];
    }
    switch (resource.kind) {
      case 'Cluster':
        return [watched(group, version, resource, 'Claim', projectCapiCluster)];
      case 'MachineDeployment':
        return [
          watched(group, version, resource, 'ClaimPart', projectClusterPart),
        ];
      case 'ClusterClass':
        return [
          watched(group, version, resource, 'Definition', projectClusterClass),
        ];
      default:
        return [];
    }
  });
}

const CLUSTER_DEFINITION = 'clusters.cluster.x-k8s.io';

/** What a Cluster of Cluster API may be. What a hub defines besides is not read. */
export const CAPI_DEFINITION: WatchedResource = {
  kind: 'Definition',
  groupPath: '/apis/apiextensions.k8s.io/v1',
  plural: 'customresourcedefinitions',
  name: 'customresourcedefinitions.apiextensions.k8s.io',
  only: CLUSTER_DEFINITION,
  clusterScoped: true,
  project: object =>
    object.metadata.name === CLUSTER_DEFINITION
      ? projectCustomResourceDefinition({
          ...object,
          apiVersion: 'apiextensions.k8s.io/v1',
          kind: 'CustomResourceDefinition',
        })
      : undefined,
};

/**
 * The kinds that a Crossplane XRD defines: its claim, where it has one, and its composite resource.
 *
 * Source: `CompositeResourceDefinition` of Crossplane `apis/apiextensions/v1` and `v2`.
 */
export function crossplaneResources(
  definition: KubernetesObject,
  clusterKinds: ClusterKinds,
): WatchedResource[] {
  const {
    group,
    names,
    claimNames,
    versions = [],
    scope,
  } = definition.spec ?? {};
  const version = versions.find(
    ({ referenceable, served }: any) => referenceable && served !== false,
  )?.name;
  if (!version || !isClusterKind([names, claimNames], group, clusterKinds)) {
    return [];
  }
  return [
    ...(claimNames
      ? [{ ...claimNames, namespaced: true, source: 'crossplane-claim' }]
      : []),
    { ...names, namespaced: scope === 'Namespaced', source: 'crossplane-xr' },
  ].map(({ plural, kind, namespaced, source }) =>
    watched(
      group,
      version,
      { name: plural, kind, namespaced },
      'Claim',
      withSource(source),
    ),
  );
}

/** Group, version and kind of instances; the plural is known to discovery only. */
export interface KroKind {
  group: string;
  version: string;
  kind: string;
}

/**
 * The kind that a KRO ResourceGraphDefinition defines, where it is a cluster.
 *
 * Source: `api/v1alpha1/resourcegraphdefinition_types.go` of KRO.
 */
export function kroKinds(
  definition: KubernetesObject,
  clusterKinds: ClusterKinds,
): KroKind[] {
  const { schema } = definition.spec ?? {};
  const { group = 'kro.run', apiVersion: version, kind } = schema ?? {};
  if (!version || !kind) return [];
  return isClusterKind([{ kind }], group, clusterKinds)
    ? [{ group, version, kind }]
    : [];
}

/** The instances of a kind of KRO, by what discovery says of its group. */
export function kroResource(
  { group, version, kind }: KroKind,
  resources: ApiResource[],
): WatchedResource[] {
  return resources
    .filter(resource => resource.kind === kind && isWatchable(resource))
    .map(resource =>
      watched(group, version, resource, 'Claim', withSource('kro')),
    );
}

/** What defines the kind is known here, and not by every object. */
function withSource(
  provisioningSource: ProvisioningSource,
): WatchedResource['project'] {
  return object => {
    const projected = projectClaim(object);
    return projected && { ...projected, provisioningSource };
  };
}

function watched(
  group: string,
  version: string,
  resource: Pick<ApiResource, 'name' | 'kind' | 'namespaced'>,
  kind: ProvisioningKind,
  project: WatchedResource['project'],
): WatchedResource {
  return {
    kind,
    groupPath: `/apis/${group}/${version}`,
    plural: resource.name,
    name: `${resource.name}.${group}`,
    clusterScoped: !resource.namespaced,
    // Not every API server writes the kind into the items of a list.
    project: object =>
      project({
        ...object,
        apiVersion: `${group}/${version}`,
        kind: resource.kind,
      }),
  };
}

function isWatchable({ name, verbs }: ApiResource): boolean {
  return (
    !name.includes('/') && verbs.includes('list') && verbs.includes('watch')
  );
}

function isClusterKind(
  names: Array<{ kind: string } | undefined>,
  group: string,
  clusterKinds: ClusterKinds,
): boolean {
  const kinds = names.flatMap(entry => (entry?.kind ? [entry.kind] : []));
  return clusterKinds
    ? kinds.some(
        kind =>
          clusterKinds.includes(kind) ||
          clusterKinds.includes(`${kind}.${group}`),
      )
    : kinds.some(kind => kind.includes('Cluster'));
}
