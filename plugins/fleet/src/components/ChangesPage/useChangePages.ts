import {
  ChangeList,
  FLEET_CHANGE_CHANNEL,
  GetChanges,
} from '@backstage-fleet/plugin-fleet-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useRef, useState } from 'react';
import { FleetApi, fleetApiRef } from '../../api';
import { Loaded, useFleetRefresh, useLoaded } from '../../live';

/** How many changes come at once. */
export const PAGE_SIZE = 50;

/** Changes page by page. */
export interface ChangePages extends Loaded<ChangeList> {
  /** Whether `value` is still that of the query before. */
  outdated: boolean;
  /** Asks for the next page; `undefined` where there is none. */
  more?: () => void;
}

/**
 * Changes that match, the newest first, kept current. All pages are asked for again when something changes: a new change
 * moves the others on.
 *
 * @param query - `undefined` asks for nothing
 */
export function useChangePages(
  query: GetChanges['query'] | undefined,
): ChangePages {
  const api = useApi(fleetApiRef);
  const key = query && JSON.stringify(query);
  const [wanted, setWanted] = useState({ key, pages: 1 });
  const pages = wanted.key === key ? wanted.pages : 1;
  const loaded = useLoaded(key, () => loadPages(api, query!, pages));
  const { value, error, reload } = loaded;
  useFleetRefresh(reload, FLEET_CHANGE_CHANNEL);
  useEffect(() => {
    if (pages > 1) {
      reload();
    }
  }, [pages, reload]);

  const before = useRef<ChangeList>();
  useEffect(() => {
    if (value) {
      before.current = value;
    }
  }, [value]);
  const outdated = !value && error === undefined && key !== undefined;
  return {
    ...loaded,
    value: value ?? (outdated ? before.current : undefined),
    outdated,
    more: value?.nextCursor
      ? () => setWanted({ key, pages: pages + 1 })
      : undefined,
  };
}

async function loadPages(
  api: FleetApi,
  query: GetChanges['query'],
  pages: number,
): Promise<ChangeList> {
  const items: ChangeList['items'] = [];
  let cursor: string | undefined;
  let total: number | undefined;
  for (let page = 0; page < pages; page++) {
    const list = await api.getChanges({
      ...query,
      limit: PAGE_SIZE,
      ...(cursor !== undefined && { cursor }),
    });
    items.push(...list.items);
    total = list.total;
    cursor = list.nextCursor;
    if (cursor === undefined) {
      break;
    }
  }
  return { items, total, nextCursor: cursor };
}
