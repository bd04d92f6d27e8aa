import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { Clock } from '../clock';
import type { HubResponse, HubTransport } from '../transport';

type Chunk = string | Error | 'end';

/** A watch that a test writes to. */
export class ScriptedWatch {
  readonly #queue: Chunk[] = [];
  #wake: () => void = () => {};
  /** Set once nobody reads any more. */
  closed = false;

  constructor(readonly query: URLSearchParams, signal: AbortSignal) {
    signal.addEventListener('abort', () => this.#push('end'));
  }

  event(type: string, object: unknown) {
    this.text(`${JSON.stringify({ type, object })}\n`);
  }

  text(text: string) {
    this.#push(text);
  }

  /** The hub closes the watch in order. */
  end() {
    this.#push('end');
  }

  /** The connection breaks. */
  break(error: Error = networkError('ECONNRESET')) {
    this.#push(error);
  }

  #push(chunk: Chunk) {
    this.#queue.push(chunk);
    this.#wake();
  }

  async *body(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = this.#queue.shift();
        if (chunk === undefined) {
          await new Promise<void>(resolve => {
            this.#wake = resolve;
          });
        } else if (chunk === 'end') return;
        else if (chunk instanceof Error) throw chunk;
        else yield Buffer.from(chunk);
      }
    } finally {
      this.closed = true;
    }
  }
}

/** An error as Node's sockets have it. */
export function networkError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

export interface ScriptedRequest {
  path: string;
  query: URLSearchParams;
  at: number;
  watch: boolean;
}

/**
 * The API of a hub that does what a test says: it has objects of one resource, and answers in the way that is set.
 */
export class ScriptedHub implements HubTransport {
  readonly requests: ScriptedRequest[] = [];
  readonly watches: ScriptedWatch[] = [];
  objects: KubernetesObject[] = [];
  version = 100;
  pageSize = Infinity;
  /** What happens instead of an answer; `undefined` lets the hub answer. */
  fault:
    | ((request: ScriptedRequest) => HubResponse | Error | 'silent' | undefined)
    | undefined;
  closed = false;

  constructor(private readonly clock: Clock) {}

  get lists(): ScriptedRequest[] {
    return this.requests.filter(({ watch }) => !watch);
  }

  get lastWatch(): ScriptedWatch {
    return this.watches[this.watches.length - 1];
  }

  async get(pathAndQuery: string, signal: AbortSignal): Promise<HubResponse> {
    const url = new URL(pathAndQuery, 'http://hub');
    const query = url.searchParams;
    const request = {
      path: url.pathname,
      query,
      at: this.clock.now(),
      watch: query.get('watch') === 'true',
    };
    this.requests.push(request);
    const fault = this.fault?.(request);
    if (fault === 'silent') {
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason)),
      );
    }
    if (fault instanceof Error) throw fault;
    if (fault) return fault;
    if (request.watch) {
      const watch = new ScriptedWatch(query, signal);
      this.watches.push(watch);
      return { status: 200, body: watch.body() };
    }
    return this.#page(query);
  }

  async close() {
    this.closed = true;
  }

  #page(query: URLSearchParams): HubResponse {
    const start = Number(query.get('continue') ?? 0);
    const end = start + Math.min(this.pageSize, Number(query.get('limit')));
    return answer(200, {
      kind: 'ApplicationList',
      metadata: {
        resourceVersion: String(this.version),
        continue: end < this.objects.length ? String(end) : '',
      },
      items: this.objects.slice(start, end),
    });
  }
}

/** A whole answer. */
export function answer(code: number, body: unknown): HubResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status: code,
    body: (async function* chunks() {
      // In two pieces, so that nobody relies on getting all at once.
      const bytes = Buffer.from(text);
      yield bytes.subarray(0, bytes.length / 2);
      yield bytes.subarray(bytes.length / 2);
    })(),
  };
}

/** A `Status` as the Kubernetes API answers errors with. */
export function status(code: number, message: string): HubResponse {
  return answer(code, { kind: 'Status', status: 'Failure', code, message });
}
