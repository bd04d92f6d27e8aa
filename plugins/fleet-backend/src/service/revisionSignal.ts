import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  FLEET_REVISION_CHANNEL,
  type FleetRevisionSignal,
} from '@backstage-fleet/plugin-fleet-common';
import type { Clock } from '../hubs';
import type { FleetStore } from '../store';

const SHORTEST_INTERVAL_MS = 200;

/**
 * Tells every browser that there is a new revision: the first at once, further ones at most every 200 ms.
 *
 * @returns what ends it
 */
export function signalRevisions(options: {
  store: FleetStore;
  signals: SignalsService;
  clock: Clock;
  logger: LoggerService;
  /** Is told how many milliseconds the oldest revision of a signal has waited. */
  told?: (milliseconds: number) => void;
}): () => void {
  const { store, signals, clock, logger, told } = options;
  let waitsSince: number | undefined;
  let cancel: (() => void) | undefined;
  let waiting = false;

  const send = () => {
    waiting = false;
    told?.(clock.now() - (waitsSince ?? clock.now()));
    waitsSince = undefined;
    signals
      .publish<FleetRevisionSignal>({
        recipients: { type: 'broadcast' },
        channel: FLEET_REVISION_CHANNEL,
        message: { revision: store.revision },
      })
      .catch(error => logger.debug(`The revision was not signalled: ${error}`));
    cancel = clock.setTimeout(() => {
      cancel = undefined;
      if (waiting) send();
    }, SHORTEST_INTERVAL_MS);
  };

  const stop = store.onRevision(() => {
    waitsSince ??= clock.now();
    if (cancel) waiting = true;
    else send();
  });
  return () => {
    stop();
    cancel?.();
  };
}
