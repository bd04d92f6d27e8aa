import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { Clock } from '../clock';
import type { ConnectionTracker } from '../connectionTracker';
import { parseJson, readLines } from '../jsonBody';
import {
  describeProblem,
  EarlyCloseError,
  GarbageError,
  HubStatusError,
  IncompleteStreamError,
} from '../problems';
import { checkStatus, readList } from '../readList';
import type { ReflectorSink } from '../reflector';
import { retryForEver } from '../retry';
import type { StringPool } from '../stringPool';
import { processSlices, type TimeSlices } from '../timeSlices';
import type { HubResponse, HubTransport } from '../transport';
import { Watchdog } from '../watchdog';

/** Argo CD sends a line after 15 s without an event; a stream that is silent for longer is dead. */
const STREAM_SILENCE_MS = 25_000;
/** argocd-server drops events for a reader that is too slow and does not say so; a new stream tells all again. */
const RENEW_MS = 10 * 60_000;
const SHORTEST_STREAM_MS = 1_000;
const BATCH = 500;

/** How soon names are read again while something is missing, where events leave no silence. */
const NAMES_MS = 15_000;
/** So often the names are read without anything new from the stream, until it is said to leave something out. */
const VAIN_READS = 2;

/** The objects while a stream tells them for the first time. */
class InitialCopy {
  readonly #seen = new Map<string, KubernetesObject>();
  #missing: Set<string>;
  #missingBefore = Infinity;
  #vainReads = 0;
  #batch: KubernetesObject[] = [];

  constructor(private readonly sink: ReflectorSink, names: Set<string>) {
    this.#missing = names;
  }

  /** A newer list of what there is. */
  expect(names: Set<string>) {
    const missing = new Set([...names].filter(name => !this.#seen.has(name)));
    this.#vainReads =
      missing.size < this.#missingBefore ? 0 : this.#vainReads + 1;
    this.#missing = missing;
    this.#missingBefore = missing.size;
  }

  /** The stream does not come to an end of what the list has. */
  get lacks(): boolean {
    return this.#missing.size > 0 && this.#vainReads >= VAIN_READS;
  }

  upsert(object: KubernetesObject) {
    const key = keyOf(object);
    this.#seen.set(key, object);
    this.#missing.delete(key);
    this.#batch.push(object);
    if (this.#batch.length >= BATCH) {
      this.sink.merge(this.#batch);
      this.#batch = [];
    }
  }

  remove(object: KubernetesObject) {
    const key = keyOf(object);
    this.#seen.delete(key);
    this.#missing.delete(key);
    this.#batch = this.#batch.filter(other => keyOf(other) !== key);
  }

  /** Delivers the whole where nothing is missing any more. */
  finish(): boolean {
    if (this.#missing.size > 0) return false;
    this.sink.replace([...this.#seen.values()]);
    return true;
  }
}

/** A kind of objects that Argo CD's API streams. */
export interface StreamedKind {
  /** As Argo CD's access control names it, for example `applications`. */
  resource: string;
  /** Path and query of the list, of which names are read. */
  names: string;
  /** Path and query of the stream. */
  stream: string;
  /** What an event has the object under. */
  field: string;
  project(object: KubernetesObject): KubernetesObject;
}

export interface ObjectStreamOptions {
  kind: StreamedKind;
  transport: HubTransport;
  sink: ReflectorSink;
  tracker: ConnectionTracker;
  strings: StringPool;
  /** When there is time to work on what the hub sent. Default: shared by all hubs. */
  slices?: TimeSlices;
  clock: Clock;
  random: () => number;
}

/** The stream of a kind cannot be used, though the hub answers: it has none, or one that leaves something out. */
export class NoStreamError extends Error {
  constructor(readonly cause: Error) {
    super(cause.message);
    this.name = 'NoStreamError';
  }
}

/**
 * Keeps a copy of one kind of objects by a stream of Argo CD's API.
 *
 * @remarks
 * A stream begins with an event for each object and does not say where that ends, and one that starts at a version misses
 * what happened before it was open. So each stream is read from the beginning, next to a list of names only: the copy is
 * whole when each name was seen, and what was not seen is gone.
 */
export class ObjectStream {
  constructor(private readonly options: ObjectStreamOptions) {}

  /** Runs until the signal aborts. Never throws for what a hub does. */
  run(signal: AbortSignal): Promise<void> {
    const describe = (error: unknown) =>
      describeProblem(error instanceof NoStreamError ? error.cause : error, {
        resource: this.options.kind.resource,
        api: 'argocd',
      });
    return retryForEver({ ...this.options, describe }, signal, heard =>
      this.follow(signal, heard),
    );
  }

  /**
   * Follows one stream, until it ends or has to be renewed.
   *
   * @param heard - called when the hub says something
   * @throws NoStreamError, and what goes wrong between us and the hub
   */
  async follow(signal: AbortSignal, heard: () => void): Promise<void> {
    const { clock, kind, sink, tracker, transport } = this.options;
    const { slices = processSlices } = this.options;
    const startedAt = clock.now();
    let copy: InitialCopy | undefined = new InitialCopy(
      sink,
      await this.#names(signal),
    );
    const complete = () => {
      if (!copy?.finish()) return;
      copy = undefined;
      heard();
      tracker.listed();
    };
    complete();

    const watchdog = new Watchdog(clock, signal);
    let lines = 0;
    let namesAt = startedAt;
    await watchdog.guard(async () => {
      // The headers come with the first event, or after the first silence.
      watchdog.expect(STREAM_SILENCE_MS);
      const response = await transport.get(kind.stream, watchdog.signal, {
        accept: 'text/event-stream',
      });
      watchdog.answered();
      await checkServed(response);
      watchdog.expect(STREAM_SILENCE_MS);
      for await (const line of readLines(response.body)) {
        if (signal.aborted) return;
        lines++;
        watchdog.answered();
        watchdog.expect(STREAM_SILENCE_MS);
        const target = copy ?? sink;
        const isEvent = await slices.run(() => {
          const event = readEvent(line, kind.field);
          if (event && !watchdog.signal.aborted) this.#apply(event, target);
          return event !== undefined;
        });
        if (watchdog.signal.aborted) return;
        // A silence, or long enough: what has not come was deleted meanwhile.
        if (copy && (!isEvent || clock.now() - namesAt > NAMES_MS)) {
          copy.expect(await this.#names(signal));
          namesAt = clock.now();
        }
        complete();
        if (copy?.lacks) throw new NoStreamError(new IncompleteStreamError());
        if (!copy) {
          heard();
          tracker.heard();
          if (clock.now() - startedAt > RENEW_MS) return;
        }
      }
    });
    if (lines === 0 && clock.now() - startedAt < SHORTEST_STREAM_MS) {
      throw new EarlyCloseError();
    }
    if (copy) throw new GarbageError('The hub ended the stream too soon.');
  }

  #apply(
    { type, object }: StreamEvent,
    target: Pick<ReflectorSink, 'upsert' | 'remove'>,
  ) {
    const { kind, strings } = this.options;
    if (type === 'DELETED') target.remove(object);
    else target.upsert(strings.share(kind.project(object)));
  }

  async #names(signal: AbortSignal): Promise<Set<string>> {
    const { clock, kind, slices, transport } = this.options;
    const watchdog = new Watchdog(clock, signal);
    return watchdog.guard(async () => {
      const names = new Set<string>();
      await readList(
        watchdog,
        () => transport.get(kind.names, watchdog.signal),
        object => {
          if (object?.metadata?.name) names.add(keyOf(object));
        },
        slices,
      );
      return names;
    });
  }
}

/** An older server has no such path, a newer one behind an older gateway no such method. */
const NOT_SERVED = [404, 405, 501];

async function checkServed(response: HubResponse): Promise<void> {
  try {
    await checkStatus(response);
  } catch (error) {
    throw error instanceof HubStatusError && NOT_SERVED.includes(error.code)
      ? new NoStreamError(error)
      : error;
  }
}

interface StreamEvent {
  type: string;
  object: KubernetesObject;
}

/** An event of the stream; `undefined` for a line that only says that it is alive. */
function readEvent(line: string, field: string): StreamEvent | undefined {
  if (!line.startsWith('data:')) return undefined;
  const { result, error } = parseJson(line.slice(5), 'an event') ?? {};
  if (error) {
    throw new HubStatusError(
      Number(error.http_code) || 500,
      String(error.message ?? 'no explanation').slice(0, 300),
    );
  }
  const object = result?.[field];
  if (typeof object?.metadata?.name !== 'string') {
    throw new GarbageError('The hub sent an event without an object.');
  }
  return { type: result.type, object };
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
