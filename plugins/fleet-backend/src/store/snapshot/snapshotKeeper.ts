import type { LoggerService } from '@backstage/backend-plugin-api';
import { type Clock, isoTime, sleep } from '../../hubs';
import type { FleetStore } from '../fleetStore';
import { ALL_KINDS } from '../hubFreshness';
import { type HubSnapshots, READY_CLAIMS } from './hubSnapshots';

const FIRST_MS = 60_000;
const INTERVAL_MS = 5 * 60_000;

/**
 * Keeps the last that is known of each hub in the database, so that there is something to show, marked stale, where a hub
 * is down while Backstage starts. It is never read again after that.
 */
export class SnapshotKeeper {
  readonly #saved = new Map<string, number>();

  constructor(
    private readonly options: {
      store: FleetStore;
      snapshots: HubSnapshots;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  /** Fills the store with what was known. To be called before the hubs are asked. */
  async restore(): Promise<void> {
    const { store, snapshots, clock, logger } = this.options;
    await snapshots.keepOnly(store.hubs.map(({ id }) => id));
    for (const { id } of store.hubs) {
      const sink = store.sink(id);
      try {
        for await (const part of snapshots.load(id)) {
          if (part.kind === READY_CLAIMS) {
            store.readyClaims(id).restore(part.objects);
            continue;
          }
          const { kind, takenAt, objects } = part;
          sink.merge(kind, objects);
          sink.state(kind, {
            status: 'stale',
            since: isoTime(clock.now()),
            observedAt: takenAt.toISOString(),
            message:
              'Shown as it was before Backstage started. The hub has not answered yet.',
          });
        }
      } catch (error) {
        logger.warn(
          `What hub ${id} had cannot be read from the database: ${error}`,
        );
      }
    }
  }

  /** Saves what is new now and then until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.options;
    await sleep(clock, FIRST_MS, signal);
    while (!signal.aborted) {
      await this.save();
      await sleep(clock, INTERVAL_MS, signal);
    }
  }

  /** Saves the hubs that are live and of which something is new. */
  async save(): Promise<void> {
    const { store, snapshots, clock, logger } = this.options;
    for (const { id } of store.hubs) {
      const { revision } = store;
      // What is not live is known no better than what was saved.
      if (store.hubStatus(id) !== 'live' || this.#saved.get(id) === revision) {
        continue;
      }
      try {
        const kinds = ALL_KINDS.map(
          kind => [kind, store.objects(id, kind).values()] as const,
        );
        await snapshots.save(
          id,
          [...kinds, [READY_CLAIMS, store.readyClaims(id).ids]],
          new Date(clock.now()),
        );
        this.#saved.set(id, revision);
      } catch (error) {
        logger.warn(`What hub ${id} has cannot be saved: ${error}`);
      }
    }
  }
}
