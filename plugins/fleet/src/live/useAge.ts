import { useSyncExternalStore } from 'react';
import { shortAge } from './age';
import { onTick } from './clock';

/**
 * The age of a time, kept current. A component renders again only when the text changes, not every second.
 *
 * @param time - milliseconds since 1970
 */
export function useAge(time: number | undefined): string | undefined {
  const text = () =>
    time === undefined ? undefined : shortAge(Date.now() - time);
  return useSyncExternalStore(onTick, text, text);
}
