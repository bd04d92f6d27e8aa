import type { ServerResponse } from 'node:http';
import { expired, type KubernetesObject, type WatchEvent } from '../objects';
import type { ApiContext, ResourceCall } from './context';
import {
  bookmarkObject,
  inVersion,
  partialMetadata,
  table,
} from './representations';
import { statusOf } from './respond';

/** A client that lets more pile up is cut off, as an API server does with watchers that do not read. */
const MAX_BACKLOG_BYTES = 64 * 1024 * 1024;

/** Writes the events of one watch: one JSON object a line, in the representation that was asked for. */
export class WatchStream {
  private firstEvent = true;
  private muted = false;
  private live = false;
  private readonly response: ServerResponse;
  private readonly ending: Array<() => void> = [];

  constructor(
    private readonly context: ApiContext,
    private readonly call: ResourceCall,
  ) {
    this.response = call.response;
    this.response.on('close', () => this.release());
  }

  /** Sends the headers at once: a client knows that it watches before anything happens. */
  open(): void {
    this.response.statusCode = 200;
    this.response.setHeader('Content-Type', 'application/json');
    this.response.flushHeaders();
  }

  /** Runs when the watch is over, for whatever reason. */
  onEnd(release: () => void): void {
    this.ending.push(release);
  }

  /** What existed at the start was sent: from now on a client must keep up with the changes. */
  goLive(): void {
    this.live = true;
  }

  /** From now on nothing is sent, while the connection stays open. */
  mute(): void {
    this.muted = true;
  }

  event({ type, object }: Pick<WatchEvent, 'type' | 'object'>): void {
    this.line({ type, object: this.represent(object) });
    this.firstEvent = false;
  }

  bookmark(resourceVersion: number, initialEventsEnd = false): void {
    const { resource, representation } = this.call;
    this.line({
      type: 'BOOKMARK',
      object: bookmarkObject(
        resource,
        representation,
        String(resourceVersion),
        initialEventsEnd,
      ),
    });
  }

  /** Sends an ERROR event and ends the watch. */
  fail(error: unknown): void {
    this.line({ type: 'ERROR', object: statusOf(error) });
    this.end();
  }

  /** Writes something that is no event. */
  raw(text: string): void {
    if (!this.muted && !this.response.writableEnded) this.response.write(text);
  }

  /** Ends the connection in the middle of an event. */
  breakOff(): void {
    this.response.write('{"type":"MODIFIED","object":{"metadata":{"na', () =>
      this.response.destroy(),
    );
  }

  expire(): void {
    this.fail(
      expired('The resourceVersion for the provided watch is too old.'),
    );
  }

  end(): void {
    if (this.muted) return;
    this.release();
    this.response.end();
  }

  private release(): void {
    for (const release of this.ending.splice(0)) release();
  }

  private line(event: object): void {
    if (this.muted || this.response.writableEnded) return;
    this.response.write(`${JSON.stringify(event)}\n`);
    if (this.live && this.response.writableLength > MAX_BACKLOG_BYTES) {
      this.response.destroy();
    }
  }

  private represent(stored: KubernetesObject): object {
    const object = inVersion(this.call.resource, stored);
    const { as } = this.call.representation;
    if (as?.kind === 'Table') {
      return table(
        this.call.resource,
        [object],
        { resourceVersion: object.metadata.resourceVersion },
        {
          version: as.version,
          now: this.context.clock.now(),
          columns: this.firstEvent,
        },
      );
    }
    return as ? partialMetadata(object, as.version) : object;
  }
}
