import { InputError, NotFoundError } from '@backstage/errors';
import {
  DEPLOYMENT_STATES,
  HEALTHS,
  SYNCS,
} from '@backstage-fleet/plugin-fleet-common';
import type { ApplicationRecord, ClusterEntry, FleetStore } from '../../store';
import { parseLabelSelector } from '../../store/labelSelector';
import type { Visibility } from '../visibility';

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

/** Ids of the hubs that somebody may see, for messages. */
export function visibleHubs(
  store: FleetStore,
  visible: Pick<Visibility, 'hub'>,
): string[] {
  return store.hubs.map(({ id }) => id).filter(visible.hub);
}

/**
 * Whether a cluster is asked for.
 *
 * @throws NotFoundError where there is no such hub; one that may not be seen is none
 */
export function clusterFilter(
  store: FleetStore,
  visible: Pick<Visibility, 'hub'>,
  query: FilterQuery,
): (cluster: ClusterEntry) => boolean {
  const { hub, region, environment, clusterLabels } = query;
  const hubs = hub === undefined ? [] : visibleHubs(store, visible);
  if (hub !== undefined && !hubs.includes(hub)) {
    throw new NotFoundError(
      `There is no hub '${hub}'. There are: ${hubs.join(', ') || 'none'}.`,
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

/** Whether a service is asked for, by its name, owner and text. */
export function serviceFilter(
  store: FleetStore,
  { service, owner, text }: FilterQuery,
): (service: string) => boolean {
  const contains = textFilter(text);
  return name => {
    const declared = store.declaredService(name);
    return (
      (service === undefined || name === service) &&
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
  const isState = oneOf('state', state, DEPLOYMENT_STATES);
  const isHealth = oneOf('health', health, HEALTHS);
  const isSync = oneOf('sync', sync, SYNCS);
  return record =>
    isState(record.state.state) &&
    isHealth(record.state.health) &&
    isSync(record.state.sync);
}

/** Whether a value is one of a list that a parameter names, comma separated; all are where it is absent. */
function oneOf(
  parameter: string,
  text: string | undefined,
  known: readonly string[],
): (value: string) => boolean {
  if (text === undefined) return () => true;
  const wanted = text.split(',').map(item => item.trim());
  for (const item of wanted) {
    if (!known.includes(item)) {
      throw new InputError(
        `${parameter}: '${item}' is not one of ${known.join(', ')}.`,
      );
    }
  }
  return value => wanted.includes(value);
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
