import {
  ANNOTATION_KUBERNETES_API_SERVER,
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
  KubernetesValidatorFunctions as Kubernetes,
  makeValidator,
} from '@backstage/catalog-model';
import {
  Cluster,
  FLEET_CLUSTER_ANNOTATION,
  Matrix,
  uniqueClusterNames,
} from '@backstage-fleet/plugin-fleet-common';
import { entityName } from './entityName';

/** How clusters become entities. */
export interface EntityOptions {
  /** Address of the portal's pages, for links; without it there are none. */
  portal?: string;
  /** Owner of clusters that do not name one. */
  owner: string;
  /** A label or annotation of clusters that names the owner. */
  ownerKey?: string;
  system?: string;
  namespace: string;
  /** Keys of cluster labels that the entities have too. */
  labels: string[];
  /** Whether the components that run on a cluster depend on it. */
  relations: boolean;
}

const valid = makeValidator();

/**
 * The clusters of a matrix as `Resource` entities of the type `kubernetes-cluster`, by the hub that knows them. They carry
 * what Argo CD shows of a cluster (name, address, chosen labels) and nothing that gives access to it.
 */
export function clusterEntities(
  matrix: Matrix,
  options: EntityOptions,
): Map<string, Entity[]> {
  const names = uniqueClusterNames(matrix.clusters);
  const components = options.relations ? componentsByCluster(matrix) : [];
  const byHub = new Map<string, Entity[]>();
  matrix.clusters.forEach((cluster, column) => {
    const entity = clusterEntity(
      cluster,
      names.get(cluster.id) ?? cluster.name,
      [...(components[column] ?? [])].sort(),
      matrix.hubs.find(({ id }) => id === cluster.hub)?.title ?? cluster.hub,
      options,
    );
    byHub.set(cluster.hub, [...(byHub.get(cluster.hub) ?? []), entity]);
  });
  return byHub;
}

function clusterEntity(
  cluster: Cluster,
  name: string,
  components: string[],
  hubTitle: string,
  options: EntityOptions,
): Entity {
  const { portal, system } = options;
  const location = `fleet:${cluster.hub}`;
  const place = [cluster.region, cluster.environment].filter(Boolean);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      namespace: options.namespace,
      name: entityName(name),
      title: name,
      description: `${
        cluster.kind === 'in-cluster'
          ? `The cluster of ${hubTitle} itself`
          : `Kubernetes cluster of ${hubTitle}`
      }${place.length > 0 ? `, ${place.join(' ')}` : ''}`,
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [FLEET_CLUSTER_ANNOTATION]: cluster.id,
        // Argo CD knows its own cluster by an address that is good inside it only.
        ...(cluster.kind !== 'in-cluster' &&
          cluster.server && {
            [ANNOTATION_KUBERNETES_API_SERVER]: cluster.server,
          }),
      },
      labels: entityLabels(cluster, options.labels),
      tags: tagsOf([cluster.environment, cluster.region]),
      ...(portal && {
        links: [
          {
            title: 'Fleet',
            url: `${portal}/fleet/clusters/${encodeURIComponent(
              cluster.hub,
            )}/${encodeURIComponent(cluster.name)}`,
          },
        ],
      }),
    },
    spec: {
      type: 'kubernetes-cluster',
      owner: ownerOf(cluster, options),
      ...(system && { system }),
      ...(components.length > 0 && { dependencyOf: components }),
    },
  };
}

/** Entity refs of what runs on each cluster, by the cluster's column. */
function componentsByCluster(matrix: Matrix): Array<Set<string>> {
  const { row, column } = matrix.cells;
  const components = matrix.clusters.map(() => new Set<string>());
  row.forEach((service, at) => {
    const ref = matrix.services[service]?.entityRef;
    if (ref) components[column[at]]?.add(ref);
  });
  return components;
}

function ownerOf(cluster: Cluster, { owner, ownerKey }: EntityOptions) {
  const named =
    ownerKey && (cluster.annotations[ownerKey] ?? cluster.labels[ownerKey]);
  return named || owner;
}

function entityLabels(cluster: Cluster, keys: string[]) {
  const labels: Record<string, string | undefined> = {
    ...Object.fromEntries(keys.map(key => [key, cluster.labels[key]])),
    'fleet/hub': cluster.hub,
    'fleet/environment': cluster.environment,
    'fleet/region': cluster.region,
  };
  return Object.fromEntries(
    Object.entries(labels).filter(
      (entry): entry is [string, string] =>
        Boolean(entry[1]) &&
        Kubernetes.isValidLabelKey(entry[0]) &&
        Kubernetes.isValidLabelValue(entry[1]),
    ),
  );
}

function tagsOf(texts: Array<string | undefined>): string[] {
  const tags = texts.map(text => text?.toLocaleLowerCase('en-US'));
  return [...new Set(tags)].filter((tag): tag is string =>
    valid.isValidTag(tag),
  );
}
