import { InputError, NotFoundError } from '@backstage/errors';
import { DEPLOYMENT_STATES } from '@backstage-fleet/plugin-fleet-common';
import type { ApplicationRecord, ClusterEntry, FleetStore } from '../../store';
import { parseLabelSelector } from '../../store/labelSelector';

/** Filters of a request, as its query has them. */
export interface FilterQuery {
  hub?: string;
  region?: string;
  environment?: string;
  clusterLabels?: string;
  service?: string;
  owner?: string;
  state?: string;
  health?: string;
  sync?: string;
  text?: string;
}

/** Whether a cluster is asked for. */
export function clusterFilter(
  store: FleetStore,
  query: FilterQuery,
): (cluster: ClusterEntry) => boolean {
  const { hub, region, environment, clusterLabels } = query;
  if (hub !== undefined && !store.hubs.some(({ id }) => id === hub)) {
    throw new NotFoundError(
      `There is no hub '${hub}'. Configured are: ${
        store.hubs.map(({ id }) => id).join(', ') || 'none'
      }.`,
    );
  }
  const labels =
    clusterLabels === undefined
      ? () => true
      : parseLabelSelector(clusterLabels);
  if (!labels) {
    throw new InputError(
      `clusterLabels: '${clusterLabels}' is no label selector; write for example 'environment=prod,tier in (a, b)'.`,
    );
  }
  return cluster =>
    (hub === undefined || cluster.hub === hub) &&
    (region === undefined || cluster.region === region) &&
    (environment === undefined || cluster.environment === environment) &&
    labels(cluster.labels);
}

/** Whether a service is asked for, by its owner and names. */
export function serviceFilter(
  store: FleetStore,
  { owner, text }: FilterQuery,
): (service: string) => boolean {
  const contains = textFilter(text);
  return name => {
    const declared = store.declaredService(name);
    return (
      (owner === undefined || declared?.owner === owner) &&
      contains(name, declared?.title)
    );
  };
}

/** Whether a deployment is asked for, by what it says of itself. */
export function stateFilter({
  state,
  health,
  sync,
}: FilterQuery): (record: ApplicationRecord) => boolean {
  const states = state?.split(',').map(item => item.trim());
  for (const item of states ?? []) {
    if (!(DEPLOYMENT_STATES as readonly string[]).includes(item)) {
      throw new InputError(
        `state: '${item}' is not one of ${DEPLOYMENT_STATES.join(', ')}.`,
      );
    }
  }
  return record =>
    (!states || states.includes(record.state.state)) &&
    (health === undefined || record.state.health === health) &&
    (sync === undefined || record.state.sync === sync);
}

/** Whether one of some names has a text, whatever the case. */
export function textFilter(
  text: string | undefined,
): (...names: Array<string | undefined>) => boolean {
  const wanted = text?.toLocaleLowerCase('en-US');
  return (...names) =>
    !wanted ||
    names.some(name => name?.toLocaleLowerCase('en-US').includes(wanted));
}
