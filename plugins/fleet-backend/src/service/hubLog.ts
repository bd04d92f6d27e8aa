import type { LoggerService } from '@backstage/backend-plugin-api';
import type { FleetStore } from '../store';

/**
 * One line in the log for each time that the state of a hub changes, and for a kind that it does not let us read.
 *
 * @returns what ends it
 */
export function logHubs(store: FleetStore, logger: LoggerService): () => void {
  const said = new Map<string, string>();

  const say = (key: string, status: string, line: string) => {
    const before = said.get(key);
    if (before === status) return;
    said.set(key, status);
    if (status === 'live') {
      // A kind that was fine from the beginning is not worth a line.
      if (before !== undefined || !key.includes(' ')) logger.info(line);
    } else logger.warn(line);
  };

  return store.onRevision(() => {
    for (const hub of store.hubs) {
      const { status, message } = store.freshness(hub.id)[0];
      if (status === 'connecting') continue;
      say(
        hub.id,
        status,
        `Hub ${hub.id} is ${status}${message ? `: ${message}` : ''}`,
      );
      if (status !== 'live') continue;
      for (const kind of store.connections(hub.id).kinds(() => 0)) {
        if (kind.status === 'connecting') continue;
        say(
          `${hub.id} ${kind.kind}`,
          kind.status,
          `Hub ${hub.id}, ${kind.kind}: ${kind.message ?? kind.status}`,
        );
      }
    }
  });
}
