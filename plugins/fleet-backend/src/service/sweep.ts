import type { Clock } from '../hubs';
import type { FleetStore } from '../store';

const INTERVAL_MS = 30_000;

/**
 * Lets the store look twice a minute whether anything became stale, of which no event tells.
 *
 * @returns what ends it
 */
export function sweepRegularly(store: FleetStore, clock: Clock): () => void {
  let cancel = () => {};
  const next = () => {
    cancel = clock.setTimeout(() => {
      store.sweep();
      next();
    }, INTERVAL_MS);
  };
  next();
  return () => cancel();
}
