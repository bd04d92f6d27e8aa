import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { fleetApiRef } from '../api';
import { MatrixFeed, MatrixFeedState } from './MatrixFeed';
import { unconfirmed } from './unconfirmed';
import { useFleetRefresh } from './useFleetRefresh';

/**
 * The matrix of services and clusters, kept current. While the backend does not answer, every hub in it is stale.
 */
export function useFleetMatrix(): MatrixFeedState & { refresh: () => void } {
  const api = useApi(fleetApiRef);
  const feed = useMemo(() => new MatrixFeed(api), [api]);
  const state = useSyncExternalStore(feed.subscribe, feed.state, feed.state);
  const refresh = useCallback(() => {
    feed.refresh();
  }, [feed]);

  useEffect(refresh, [refresh]);
  useFleetRefresh(signal => {
    feed.refresh(signal?.revision);
  });

  const { matrix, error, answeredAt } = state;
  const shown = useMemo(
    () =>
      matrix && error !== undefined
        ? { ...matrix, hubs: unconfirmed(matrix.hubs, answeredAt) }
        : matrix,
    [matrix, error, answeredAt],
  );
  return { ...state, matrix: shown, refresh };
}
