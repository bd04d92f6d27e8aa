import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { Clock } from '../clock';
import type { ConnectionTracker } from '../connectionTracker';
import { parseJson, readLines } from '../jsonBody';
import {
  describeProblem,
  EarlyCloseError,
  GarbageError,
  HubStatusError,
} from '../problems';
import { projectApplication } from '../projection';
import { checkStatus, readList } from '../readList';
import type { ReflectorSink } from '../reflector';
import { retryForEver } from '../retry';
import type { StringPool } from '../stringPool';
import { processSlices, type TimeSlices } from '../timeSlices';
import type { HubTransport } from '../transport';
import { Watchdog } from '../watchdog';

/** Argo CD sends a line after 15 s without an event; a stream that is silent for longer is dead. */
const STREAM_SILENCE_MS = 25_000;
/** argocd-server drops events for a reader that is too slow and does not say so; a new stream tells all again. */
const RENEW_MS = 10 * 60_000;
const SHORTEST_STREAM_MS = 1_000;
const BATCH = 500;

/** What the projection reads. `fields` of a stream takes any path, other than that of a list. */
const FIELDS = [
  'result.type',
  ...[
    'metadata.name',
    'metadata.namespace',
    'metadata.uid',
    'metadata.creationTimestamp',
    'metadata.deletionTimestamp',
    'metadata.labels',
    'metadata.annotations',
    'metadata.ownerReferences',
    'spec',
    'operation',
    'status.health',
    'status.sync.status',
    'status.sync.revision',
    'status.sync.revisions',
    'status.reconciledAt',
    'status.summary',
    'status.conditions',
    'status.history',
    'status.resources',
    'status.operationState.phase',
    'status.operationState.message',
    'status.operationState.startedAt',
    'status.operationState.finishedAt',
    'status.operationState.syncResult',
  ].map(field => `result.application.${field}`),
].join();
const STREAM = `/api/v1/stream/applications?fields=${FIELDS}`;
const NAMES =
  '/api/v1/applications?fields=items.metadata.name,items.metadata.namespace';

/** The Applications while a stream tells them for the first time. */
class InitialCopy {
  readonly #seen = new Map<string, KubernetesObject>();
  #missing: Set<string>;
  #batch: KubernetesObject[] = [];

  constructor(private readonly sink: ReflectorSink, names: Set<string>) {
    this.#missing = names;
  }

  /** A newer list of what there is. */
  expect(names: Set<string>) {
    this.#missing = new Set([...names].filter(name => !this.#seen.has(name)));
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

export interface ApplicationStreamOptions {
  transport: HubTransport;
  sink: ReflectorSink;
  tracker: ConnectionTracker;
  strings: StringPool;
  /** When there is time to work on what the hub sent. Default: shared by all hubs. */
  slices?: TimeSlices;
  clock: Clock;
  random: () => number;
}

/**
 * Keeps a copy of the Applications by `/api/v1/stream/applications`.
 *
 * @remarks
 * A stream begins with an event for each Application and does not say where that ends, and one that starts at a version
 * misses what happened before it was open. So each stream is read from the beginning, next to a list of names only: the
 * copy is whole when each name was seen, and what was not seen is gone.
 */
export class ApplicationStream {
  constructor(private readonly options: ApplicationStreamOptions) {}

  /** Runs until the signal aborts. Never throws for what a hub does. */
  run(signal: AbortSignal): Promise<void> {
    const describe = (error: unknown) =>
      describeProblem(error, { resource: 'applications', api: 'argocd' });
    return retryForEver({ ...this.options, describe }, signal, heard =>
      this.#follow(signal, heard),
    );
  }

  async #follow(signal: AbortSignal, heard: () => void): Promise<void> {
    const { clock, sink, tracker, transport } = this.options;
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
    await watchdog.guard(async () => {
      // The headers come with the first event, or after the first silence.
      watchdog.expect(STREAM_SILENCE_MS);
      const response = await transport.get(STREAM, watchdog.signal, {
        accept: 'text/event-stream',
      });
      watchdog.answered();
      await checkStatus(response);
      watchdog.expect(STREAM_SILENCE_MS);
      for await (const line of readLines(response.body)) {
        if (signal.aborted) return;
        lines++;
        watchdog.answered();
        watchdog.expect(STREAM_SILENCE_MS);
        const target = copy ?? sink;
        const isEvent = await slices.run(() => {
          const event = readEvent(line);
          if (event && !watchdog.signal.aborted) this.#apply(event, target);
          return event !== undefined;
        });
        if (watchdog.signal.aborted) return;
        // A silence: what has not come was deleted meanwhile.
        if (!isEvent && copy) copy.expect(await this.#names(signal));
        complete();
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
    { type, application }: StreamEvent,
    target: Pick<ReflectorSink, 'upsert' | 'remove'>,
  ) {
    const { strings } = this.options;
    if (type === 'DELETED') target.remove(application);
    else target.upsert(strings.share(projectApplication(application)));
  }

  async #names(signal: AbortSignal): Promise<Set<string>> {
    const { clock, transport } = this.options;
    const watchdog = new Watchdog(clock, signal);
    return watchdog.guard(async () => {
      const names = new Set<string>();
      await readList(
        watchdog,
        () => transport.get(NAMES, watchdog.signal),
        object => {
          if (object?.metadata?.name) names.add(keyOf(object));
        },
        this.options.slices,
      );
      return names;
    });
  }
}

interface StreamEvent {
  type: string;
  application: KubernetesObject;
}

/** An event of the stream; `undefined` for a line that only says that it is alive. */
function readEvent(line: string): StreamEvent | undefined {
  if (!line.startsWith('data:')) return undefined;
  const { result, error } = parseJson(line.slice(5), 'an event') ?? {};
  if (error) {
    throw new HubStatusError(
      Number(error.http_code) || 500,
      String(error.message ?? 'no explanation').slice(0, 300),
    );
  }
  if (typeof result?.application?.metadata?.name !== 'string') {
    throw new GarbageError('The hub sent an event without an Application.');
  }
  return result;
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
