import { useCallback, useSyncExternalStore } from 'react';

/** As wide as a phone's screen at most, in pixels. */
const PHONE = 640;

/**
 * Whether the screen is narrow.
 *
 * @param atMost - up to which width, in pixels; by default a phone's
 */
export function useNarrow(atMost: number = PHONE): boolean {
  const query = `(max-width: ${atMost}px)`;
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia?.(query);
      list?.addEventListener?.('change', listener);
      return () => list?.removeEventListener?.('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia?.(query)?.matches ?? false,
    () => false,
  );
}
