import { InputError } from '@backstage/errors';
import type { Change, ChangeState } from '@backstage-fleet/plugin-fleet-common';
import { INTENT_KINDS } from '@backstage-fleet/plugin-fleet-gitops';
import { type Cursor, readCursor, writeCursor } from '../http/cursor';

/** What changes are asked for; all of it holds for each of them. */
export interface ChangeFilter {
  /** The service that the intent names. */
  service?: string;
  /** One of these is named by the intent, or has Applications that the plan touches. */
  clusters?: Array<{
    name: string;
    /** Ids of the repositories whose clusters are meant. Default: all. */
    repositories?: string[];
  }>;
  states?: ChangeState[];
  /** Kinds of intents. */
  kinds?: string[];
  requester?: string;
  ended?: boolean;
  text?: string;
}

/** What changes can be sorted by, with the value of each. What has none comes last. */
export const CHANGE_ORDERS = {
  createdAt: ({ createdAt }: Change) => createdAt.toISOString(),
  updatedAt: ({ updatedAt }: Change) => updatedAt.toISOString(),
  title: ({ title }: Change) => title,
  state: ({ state }: Change) => state,
  kind: ({ intent }: Change) => intent.kind,
  service: ({ intent }: Change) =>
    intent.parameters.service as string | undefined,
  requester: ({ requester }: Change) => requester,
};

/** The order of a list of changes. */
export interface ChangeOrder {
  field: keyof typeof CHANGE_ORDERS;
  descending: boolean;
}

/** A part of the list of changes. */
export interface ChangePage {
  filter: ChangeFilter;
  order: ChangeOrder;
  after?: Cursor;
  limit: number;
}

/** A query for changes, as a request or an agent has it. */
export interface ChangeListQuery {
  service?: string;
  cluster?: string;
  state?: string;
  kind?: string;
  requester?: string;
  /** The validator of requests checks that it is a boolean and leaves it a string; so with `limit`. */
  ended?: boolean | string;
  text?: string;
  sort?: string;
  limit?: number | string;
  cursor?: string;
}

const STATES: Record<ChangeState, true> = {
  unchanged: true,
  planned: true,
  proposed: true,
  merged: true,
  synced: true,
  provisioning: true,
  registered: true,
  healthy: true,
  failed: true,
  stopped: true,
  superseded: true,
};
const DEFAULT_ORDER = '-createdAt';
const DEFAULT_LIMIT = 50;

/**
 * What a query asks for.
 *
 * @param repositoriesOfHub - ids of the repositories that a hub reads, `undefined` where there is no such hub
 * @throws InputError that names the parameter and what is known
 */
export function readChangeQuery(
  query: ChangeListQuery,
  repositoriesOfHub: (hub: string) => string[] | undefined = () => undefined,
): ChangePage {
  const { service, requester, cluster, ended, text, limit } = query;
  const after = readCursor(query.cursor, query.sort);
  return {
    filter: {
      service,
      requester,
      clusters:
        cluster === undefined
          ? undefined
          : readCluster(cluster, repositoriesOfHub),
      states: readList('state', query.state, Object.keys(STATES), equals) as
        | ChangeState[]
        | undefined,
      kinds: readList('kind', query.kind, INTENT_KINDS, matches),
      ended: ended === undefined ? undefined : String(ended) === 'true',
      text: text?.trim() || undefined,
    },
    order: readOrder(query.sort ?? after?.sort ?? DEFAULT_ORDER),
    after,
    limit: limit === undefined ? DEFAULT_LIMIT : Number(limit),
  };
}

/** The cursor behind a change in a list of this order. */
export function cursorBehind(change: Change, order: ChangeOrder): string {
  const { field, descending } = order;
  return writeCursor({
    sort: `${descending ? '-' : ''}${field}`,
    value: CHANGE_ORDERS[field](change),
    id: change.id,
  });
}

/** A name, or an id `hub/name`; names have slashes too. */
function readCluster(
  cluster: string,
  repositoriesOfHub: (hub: string) => string[] | undefined,
): ChangeFilter['clusters'] {
  const slash = cluster.indexOf('/');
  const repositories =
    slash < 0 ? undefined : repositoriesOfHub(cluster.slice(0, slash));
  return [
    { name: cluster },
    ...(repositories ? [{ name: cluster.slice(slash + 1), repositories }] : []),
  ];
}

function readOrder(sort: string): ChangeOrder {
  const field = sort.replace(/^-/, '');
  if (!Object.hasOwn(CHANGE_ORDERS, field)) {
    throw new InputError(
      `sort: '${field}' is not one of ${Object.keys(CHANGE_ORDERS).join(
        ', ',
      )}.`,
    );
  }
  return {
    field: field as ChangeOrder['field'],
    descending: sort.startsWith('-'),
  };
}

function equals(wanted: string, known: string): boolean {
  return wanted === known;
}

/** `cluster.*` is all of clusters. */
function matches(wanted: string, known: string): boolean {
  return (
    wanted === known ||
    (wanted.endsWith('.*') && known.startsWith(wanted.slice(0, -1)))
  );
}

/** The known values that a list, comma separated, names. */
function readList(
  parameter: string,
  text: string | undefined,
  known: readonly string[],
  names: (wanted: string, known: string) => boolean,
): string[] | undefined {
  if (text === undefined) return undefined;
  const found = text.split(',').flatMap(item => {
    const wanted = item.trim();
    const meant = known.filter(value => names(wanted, value));
    if (meant.length === 0) {
      throw new InputError(
        `${parameter}: '${wanted}' is not one of ${known.join(', ')}.`,
      );
    }
    return meant;
  });
  return [...new Set(found)];
}
