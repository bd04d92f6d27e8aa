import { describeProblem } from '../problems';
import { retryForEver } from '../retry';
import {
  NoStreamError,
  ObjectStream,
  type ObjectStreamOptions,
} from './objectStream';
import { PolledList } from './polledList';

/** How long a list is polled until the stream is tried again: Argo CD may be upgraded meanwhile. */
const POLLED_MS = 10 * 60_000;

/**
 * Keeps a copy of a kind that only newer versions of Argo CD stream: by the stream where there is one, else by asking for the
 * list about three times a minute.
 */
export class StreamOrPolls {
  readonly #stream: ObjectStream;
  readonly #polls: PolledList;
  #polledUntil = 0;

  constructor(private readonly options: ObjectStreamOptions) {
    const { names: path, project, resource } = options.kind;
    this.#stream = new ObjectStream(options);
    this.#polls = new PolledList({ ...options, path, project, resource });
  }

  /** Runs until the signal aborts. Never throws for what a hub does. */
  run(signal: AbortSignal): Promise<void> {
    const { clock, kind } = this.options;
    const describe = (error: unknown) =>
      describeProblem(error, { resource: kind.resource, api: 'argocd' });
    return retryForEver({ ...this.options, describe }, signal, async heard => {
      if (clock.now() < this.#polledUntil) {
        await this.#polls.poll(signal, heard);
        return;
      }
      try {
        await this.#stream.follow(signal, heard);
      } catch (error) {
        if (!(error instanceof NoStreamError)) throw error;
        this.#polledUntil = clock.now() + POLLED_MS;
      }
    });
  }
}
