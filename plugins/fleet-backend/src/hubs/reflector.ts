import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { backoff } from './backoff';
import { Clock, sleep } from './clock';
import { ConnectionTracker } from './connectionTracker';
import { parseJson, readLines } from './jsonBody';
import {
  describeProblem,
  EarlyCloseError,
  GarbageError,
  HubStatusError,
} from './problems';
import { ANSWER_MS, checkStatus, readList, statusMessage } from './readList';
import { StringPool } from './stringPool';
import { inParts, processSlices, type TimeSlices } from './timeSlices';
import type { HubTransport } from './transport';
import { Watchdog } from './watchdog';
import { resourcePath, WatchedResource } from './watchedResource';

/** Objects of a page: small enough to parse without a pause that anybody feels. */
const PAGE_SIZE = 500;
/** Objects that are indexed without a pause. */
const MERGED_AT_ONCE = 50;

/*
 * A silent hub must be told from a quiet one within 45 s. A quiet watch says nothing at all (bookmarks come about once a
 * minute, and none where no version moved), but the API server ends it on time and sends a bookmark before. So watches
 * are short: at most 25 s until their end, 5 s grace, then 10 s for the answer to the next one.
 */
const WATCH_SECONDS = { from: 18, to: 25 };
const WATCH_GRACE_MS = 5_000;
/*
 * Where answers come late, a quiet watch shows only by its end that the hub is back. So the first one after a failure is
 * short, and waits are, too: a try that was under way when the hub came back fails after 7 s (a list: 10 s, and the next
 * one is answered at once), then come at most 20 s and this watch, together 30 s.
 */
const PROVING_WATCH_SECONDS = 2;
const LONGEST_LATE_WAIT_MS = 20_000;
/** A watch that ends sooner, and has said nothing, counts as a failure. */
const SHORTEST_WATCH_MS = 1_000;

/** Receives the objects of one resource, projected already. */
export interface ReflectorSink {
  /** Objects of a list that is not complete yet. */
  merge(objects: KubernetesObject[]): void;
  replace(objects: KubernetesObject[]): void;
  upsert(object: KubernetesObject): void;
  remove(object: KubernetesObject): void;
}

export interface ReflectorOptions {
  resource: WatchedResource;
  /** All namespaces where absent. */
  namespace?: string;
  transport: HubTransport;
  sink: ReflectorSink;
  tracker: ConnectionTracker;
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
  /** Lets so many pages of a hub be on their way at once; the others wait for their turn. */
  limit?: <T>(read: () => Promise<T>) => Promise<T>;
  /** Shared by the reflectors of a hub. */
  strings?: StringPool;
  /** When there is time to work on what the hub sent. Default: shared by all hubs. */
  slices?: TimeSlices;
}

/**
 * Keeps a copy of one resource of a hub: a paged list, then a watch from the list's version, for ever.
 *
 * @remarks
 * - The hub closes the watch: go on from the last version seen.
 * - An error: wait 1 to 30 s, growing and with chance, then go on from the last version.
 * - 410, as an answer or in the stream: list anew. The copy stays as it is until the list is complete.
 * - Silence: see {@link Watchdog}.
 */
export class Reflector {
  readonly #options: Required<Omit<ReflectorOptions, 'namespace'>> &
    Pick<ReflectorOptions, 'namespace'>;
  /** From where a watch can go on; absent where a list is needed. */
  #version: string | undefined;
  /** In a row, until the hub says something. */
  #failures = 0;
  /** Watches in a row that were opened and broke before they said anything. */
  #brokenWatches = 0;
  #opened = false;

  constructor(options: ReflectorOptions) {
    this.#options = {
      limit: read => read(),
      strings: new StringPool(),
      slices: processSlices,
      ...options,
    };
  }

  /** Runs until the signal aborts. Never throws for what a hub does. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.#version === undefined) await this.#list(signal);
        await this.#watch(signal);
      } catch (error) {
        if (signal.aborted) break;
        await this.#recover(error, signal);
      }
    }
  }

  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    const { clock, random, resource, namespace, tracker, transport } =
      this.#options;
    this.#failures++;
    this.#brokenWatches = this.#opened ? this.#brokenWatches + 1 : 0;
    this.#opened = false;
    const problem = describeProblem(error, {
      resource: resource.name,
      namespace,
      clusterScoped: resource.clusterScoped,
      only: resource.only,
    });
    // Once more with what we have: a single broken line or refused version need not cost a whole list.
    const again = error instanceof GarbageError && this.#failures === 1;
    if (problem.relist && !again) this.#version = undefined;

    const wait = Math.max(
      Math.min(
        backoff(this.#failures, random()),
        transport.answersLate ? LONGEST_LATE_WAIT_MS : Infinity,
      ),
      Math.min(problem.retryAfter ?? 0, 30) * 1000,
    );
    const woken = tracker.failed(problem, this.#failures);
    await sleep(clock, wait, signal, woken);
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { resource, namespace, sink, slices, tracker } = this.#options;
    const objects: KubernetesObject[] = [];
    let continueToken: string | undefined;
    let version: string | undefined;
    do {
      const { kept, metadata } = await this.#page(
        resourcePath(resource, namespace, {
          limit: String(PAGE_SIZE),
          continue: continueToken,
        }),
        signal,
      );
      objects.push(...kept);
      continueToken = metadata.continue || undefined;
      version = metadata.resourceVersion;
      // Indexing everything at the end would hold up requests for as long as it takes.
      const isSmall = !continueToken && kept.length <= MERGED_AT_ONCE;
      for (const part of isSmall ? [] : inParts(kept, MERGED_AT_ONCE)) {
        await slices.run(() => sink.merge(part));
        if (signal.aborted) return;
      }
    } while (continueToken);

    this.#version = version;
    sink.replace(objects);
    tracker.listed();
  }

  /** Reads a page, and keeps of each object what is kept as soon as it is there. */
  async #page(
    path: string,
    signal: AbortSignal,
  ): Promise<{ kept: KubernetesObject[]; metadata: Record<string, string> }> {
    const { clock, limit, resource, slices, strings, transport } =
      this.#options;
    return limit(async () => {
      const watchdog = new Watchdog(clock, signal);
      return watchdog.guard(async () => {
        const kept: KubernetesObject[] = [];
        const { metadata } = await readList(
          watchdog,
          () => transport.get(path, watchdog.signal),
          object => {
            const projected = resource.project(named(object));
            if (projected) kept.push(strings.share(projected));
          },
          slices,
        );
        if (!metadata?.resourceVersion) {
          throw new GarbageError('The hub sent something that is not a list.');
        }
        return { kept, metadata };
      });
    });
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { clock, random, resource, namespace, slices, tracker, transport } =
      this.#options;
    const seconds =
      transport.answersLate && this.#failures > 0
        ? PROVING_WATCH_SECONDS
        : Math.round(
            WATCH_SECONDS.from +
              random() * (WATCH_SECONDS.to - WATCH_SECONDS.from),
          );
    const path = resourcePath(resource, namespace, {
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: this.#version,
      timeoutSeconds: String(seconds),
    });
    const watchdog = new Watchdog(clock, signal);
    const startedAt = clock.now();
    let events = 0;

    await watchdog.guard(async () => {
      const silence = seconds * 1000 + WATCH_GRACE_MS;
      watchdog.expect(transport.answersLate ? silence : ANSWER_MS);
      const response = await transport.get(path, watchdog.signal);
      watchdog.answered();
      await checkStatus(response);
      this.#opened = true;
      tracker.watching(this.#brokenWatches);
      watchdog.expect(silence);
      for await (const line of readLines(response.body, () =>
        watchdog.heard(),
      )) {
        await slices.run(() => {
          // Who waited too long has been replaced meanwhile, by a watch that goes on from the same version.
          if (!watchdog.signal.aborted) this.#event(line);
        });
        if (watchdog.signal.aborted) return;
        events++;
        this.#heard();
      }
    });

    if (events === 0 && clock.now() - startedAt < SHORTEST_WATCH_MS) {
      throw new EarlyCloseError();
    }
    this.#heard();
  }

  #heard() {
    this.#failures = 0;
    this.#brokenWatches = 0;
    this.#opened = false;
    this.#options.tracker.heard();
  }

  #event(line: string) {
    const { resource, sink, strings } = this.#options;
    const { type, object } = parseJson(line, 'a watch event') ?? {};
    if (type === 'ERROR') {
      throw new HubStatusError(object?.code ?? 500, statusMessage(object));
    }
    const version = object?.metadata?.resourceVersion;
    if (typeof version !== 'string') {
      throw new GarbageError('The hub sent a watch event without an object.');
    }
    switch (type) {
      case 'ADDED':
      case 'MODIFIED': {
        const projected = resource.project(object);
        if (projected) sink.upsert(strings.share(projected));
        else sink.remove(identity(object));
        break;
      }
      case 'DELETED':
        sink.remove(identity(object));
        break;
      default:
      // A BOOKMARK only moves the version; a type that we do not know is nothing to us.
    }
    this.#version = version;
  }
}

function named(object: any): KubernetesObject {
  if (typeof object?.metadata?.name !== 'string') {
    throw new GarbageError('The hub sent an object without a name.');
  }
  return object;
}

function identity({
  apiVersion,
  kind,
  metadata,
}: KubernetesObject): KubernetesObject {
  return {
    apiVersion,
    kind,
    metadata: { name: metadata.name, namespace: metadata.namespace },
  };
}
