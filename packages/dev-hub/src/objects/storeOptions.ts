import type { Clock } from './clock';
import type { Resource } from './types';

export interface ObjectStoreOptions {
  clock?: Clock;
  /** What is served; everything that the hub knows by default. */
  resources?: Resource<any>[];
  /** Makes uids; random UUIDs by default. */
  newUid?: () => string;
  /** Makes the five characters that `generateName` is completed with. */
  nameSuffix?: () => string;
  /** How many changes of each resource can be replayed to a watch (10,000 by default); older versions are 410. */
  historyCapacity?: number;
  /**
   * The version before the first change. By default the time in milliseconds: a client that comes back after a restart
   * then holds a version from before the history and is told so (410), where a counter from 1 would leave it waiting
   * for a version from the future.
   */
  startVersion?: number;
  /** Told about errors thrown by listeners of in-process watches; by default they end the process. */
  onListenerError?: (error: unknown) => void;
}
