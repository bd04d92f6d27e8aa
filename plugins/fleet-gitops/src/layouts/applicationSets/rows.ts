import { ConflictError, NotFoundError } from '@backstage/errors';
import type { ApplicationSet } from '../../model/argocd';
import type { RepositorySnapshot } from '../../model/repository';
import type { Declared } from '../../repository';
import { suggest } from '../nearMatches';
import type { LayoutContext } from '../types';
import { decidingLayer, DeployedApplication, versionLayers } from '../versions';
import { generatedDeployments } from './deployments';
import { evaluationScope } from './evaluations';
import { ParameterPlace, parameterPlaces } from './parameterPlaces';

/**
 * A list element, or the content of a file, that puts one service on one cluster.
 */
export interface Row {
  declared: Declared<ApplicationSet>;
  deployed: DeployedApplication;
  place: ParameterPlace;
  service: string;
  cluster: string;
  /** The keys with the cluster's name, the cluster's server, the service's name and the version, where there are such. */
  keys: {
    cluster?: string;
    server?: string;
    service?: string;
    version?: string;
  };
}

/** The rows of some ApplicationSets: those whose elements or files name the cluster. */
export function rowsOf(
  applicationSets: Declared<ApplicationSet>[],
  repository: RepositorySnapshot,
  context: LayoutContext,
): Row[] {
  const lookup = evaluationScope(repository, context).hub.repositories;
  return generatedDeployments(applicationSets, repository, context).flatMap(
    ({ declared, generated, deployed }) => {
      const { cluster, service, application } = deployed;
      const { name, server } = application.spec.destination ?? {};
      const place = parameterPlaces(declared, generated, repository).pop();
      const keyOf = (field: string, text: string | undefined) => {
        const origin =
          text === undefined
            ? undefined
            : deployed.origin(['spec', 'destination', field], text);
        return place && origin && isPart(origin, place)
          ? String(origin.path[place.path.length])
          : undefined;
      };
      const deciding = decidingLayer(
        versionLayers(deployed, repository, lookup),
      )?.layer.place;
      if (!place || cluster === undefined) return [];
      const keys = {
        cluster:
          keyOf('name', name) ??
          Object.keys(place.values).find(key => place.values[key] === cluster),
        server: keyOf('server', server),
        service: Object.keys(place.values).find(
          key => place.values[key] === service,
        ),
        version:
          deciding && isPart(deciding, place)
            ? String(deciding.path[place.path.length])
            : undefined,
      };
      return keys.cluster === undefined && keys.server === undefined
        ? []
        : [{ declared, deployed, place, service, cluster, keys }];
    },
  );
}

function isPart(
  origin: { file: string; document: number; path: readonly unknown[] },
  place: ParameterPlace,
): boolean {
  return (
    origin.file === place.file &&
    origin.document === place.document &&
    origin.path.length > place.path.length &&
    place.path.every((key, index) => origin.path[index] === key)
  );
}

/** Checks that somebody knows a cluster of this name: the rows, the repository or the caller. */
export function requireCluster(
  name: string,
  rows: Array<{ cluster: string }>,
  repository: RepositorySnapshot,
  context: LayoutContext,
): void {
  const known = new Set([
    ...rows.map(({ cluster }) => cluster),
    ...evaluationScope(repository, context).hub.clusters.map(
      cluster => cluster.name,
    ),
  ]);
  if (!known.has(name)) {
    throw new NotFoundError(
      `Cluster \`${name}\` is not known: neither the repository nor a hub names it. ${suggest(
        name,
        [...known].sort(),
      )}`,
    );
  }
}

interface NewRow {
  service: string;
  cluster: string;
  /** The rows to go by: of the service itself, or of a sibling. */
  siblings: Row[];
  /** All rows of the layout, which say what its clusters are like. */
  rows: Row[];
  /** For a service that has no rows yet. */
  version?: string;
}

/** Keys that say what a cluster is like, wherever they stand. */
const CLUSTER_KEYS = new Set(['environment', 'env', 'region', 'server', 'url']);

/**
 * The values of a new row: its keys are those of a sibling, what they say of the cluster is taken from the other rows of the
 * cluster or from its labels, the version is that of the same environment.
 *
 * @throws `ConflictError` for a key whose value nothing says
 */
export function newRow(
  { service, cluster, siblings, rows, version }: NewRow,
  repository: RepositorySnapshot,
  context: LayoutContext,
): { values: Record<string, any>; pattern: Row } {
  const record = evaluationScope(repository, context).hub.clusters.find(
    ({ name }) => name === cluster,
  );
  const onCluster = rows.filter(row => row.cluster === cluster);
  const attribute = (key: string): unknown => {
    const { server } = siblings[0].keys;
    const same = new Set(
      onCluster.flatMap(({ place }) =>
        key in place.values ? [place.values[key]] : [],
      ),
    );
    if (same.size === 1 && isAttribute(key, rows)) return [...same][0];
    if (key === server || key === 'server') return record?.server;
    return record?.labels[key];
  };
  const environment = ['environment', 'env']
    .map(attribute)
    .find(value => value !== undefined);
  const near = siblings.filter(
    ({ deployed }) =>
      environment !== undefined && deployed.environment === environment,
  );
  const [pattern] = near.length > 0 ? near : siblings;
  const values: Record<string, any> = {};
  for (const [key, value] of Object.entries(pattern.place.values)) {
    const { keys } = pattern;
    if (key === keys.cluster) values[key] = cluster;
    else if (key === keys.service) values[key] = service;
    else if (key === keys.version && version !== undefined)
      values[key] = version;
    else
      values[key] =
        (key === keys.version ? undefined : attribute(key)) ??
        agreed(key, near) ??
        agreed(key, siblings) ??
        (key === keys.version || !CLUSTER_KEYS.has(key) ? value : undefined);
    if (values[key] === undefined) {
      throw new ConflictError(
        `${pattern.place.file}: \`${service}\` on \`${cluster}\` needs \`${key}\`, and neither the repository nor the cluster’s labels say it. Add it by hand.`,
      );
    }
  }
  return { values, pattern };
}

/** Whether a key says the same in all rows of each cluster, so that it is about the cluster. */
function isAttribute(key: string, rows: Row[]): boolean {
  if (CLUSTER_KEYS.has(key)) return true;
  if (rows.some(({ keys }) => keys.version === key || keys.service === key))
    return false;
  const byCluster = new Map<string, Set<string>>();
  let repeated = false;
  for (const { cluster, place } of rows) {
    const values = byCluster.get(cluster) ?? new Set();
    if (values.size > 0) repeated = true;
    byCluster.set(cluster, values.add(JSON.stringify(place.values[key])));
  }
  return repeated && [...byCluster.values()].every(({ size }) => size === 1);
}

/** The value that all these rows have. */
function agreed(key: string, rows: Row[]): unknown {
  const values = new Set(
    rows.map(({ place }) => JSON.stringify(place.values[key])),
  );
  const [only] = values;
  return values.size === 1 && only !== undefined ? JSON.parse(only) : undefined;
}
