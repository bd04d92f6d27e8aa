import {
  FLEET_REVISION_CHANNEL,
  FleetChangeSignal,
  FleetRevisionSignal,
} from '@backstage-fleet/plugin-fleet-common';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useEffect, useRef } from 'react';

/** How often a page asks without being told, in milliseconds: signals can be missing or lost. */
export const POLL_INTERVAL = 15_000;

/**
 * Calls `refresh` whenever the fleet may have changed: on a signal, when the connection or the person comes back, and
 * every {@link POLL_INTERVAL}.
 *
 * @param channel - signal channel, by default that of the fleet's revision
 */
export function useFleetRefresh<
  TSignal extends FleetChangeSignal | FleetRevisionSignal = FleetRevisionSignal,
>(
  refresh: (signal?: TSignal) => void,
  channel: string = FLEET_REVISION_CHANNEL,
): void {
  const signals = useApiHolder().get(signalApiRef);
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });

  useEffect(() => {
    const subscription = signals?.subscribe<TSignal>(channel, message =>
      latest.current(message),
    );
    const call = () => latest.current();
    const callIfVisible = () => {
      if (document.visibilityState === 'visible') {
        call();
      }
    };
    const timer = setInterval(callIfVisible, POLL_INTERVAL);
    window.addEventListener('focus', call);
    window.addEventListener('online', call);
    document.addEventListener('visibilitychange', callIfVisible);
    return () => {
      subscription?.unsubscribe();
      clearInterval(timer);
      window.removeEventListener('focus', call);
      window.removeEventListener('online', call);
      document.removeEventListener('visibilitychange', callIfVisible);
    };
  }, [signals, channel]);
}
