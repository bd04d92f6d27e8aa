import { useSyncExternalStore } from 'react';

const QUERY = '(max-width: 640px)';

/** Whether the screen is as narrow as a phone's. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, matches, () => false);
}

function matches(): boolean {
  return window.matchMedia?.(QUERY)?.matches ?? false;
}

function subscribe(listener: () => void): () => void {
  const list = window.matchMedia?.(QUERY);
  list?.addEventListener?.('change', listener);
  return () => list?.removeEventListener?.('change', listener);
}
