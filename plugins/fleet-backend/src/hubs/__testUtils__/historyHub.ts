import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { HubResponse, HubTransport } from '../transport';
import { answer, networkError, ScriptedWatch, status } from './scriptedHub';
import type { VirtualClock } from './virtualClock';

/** What can go wrong with a hub. */
export type Fault =
  | 'down'
  | 'slow'
  | '401'
  | '403 on kind'
  | '410'
  | 'silent'
  | 'reset'
  | 'garbage'
  | 'half page';

const SLOW_MS = 12_000;

/** The health of each Application by its name, in order. */
export function healths(objects: Map<string, KubernetesObject>): string[] {
  return [...objects]
    .map(
      ([
        name,
        {
          status: { health },
        },
      ]) => `${name} ${health.status}`,
    )
    .sort();
}

/**
 * The API of a hub with one resource and its history: a list is how it is, a watch tells everything since its version.
 */
export class HistoryHub implements HubTransport {
  readonly objects = new Map<string, KubernetesObject>();
  fault: Fault | undefined;
  requests = 0;
  #version = 100;
  /** Older versions are compacted away. */
  #oldest = 100;
  #history: Array<{ version: number; type: string; object: object }> = [];
  readonly #watches = new Set<ScriptedWatch>();

  constructor(private readonly clock: VirtualClock) {}

  /** A write of a controller. */
  put(name: string, health: string) {
    const type = this.objects.has(name) ? 'MODIFIED' : 'ADDED';
    this.objects.set(name, {
      metadata: { name, namespace: 'argocd' },
      status: { health: { status: health } },
    });
    this.#tell(type, this.objects.get(name)!);
  }

  delete(name: string) {
    const object = this.objects.get(name);
    if (!object) return;
    this.objects.delete(name);
    this.#tell('DELETED', object);
  }

  /** A fault begins; connections that are open feel it too. */
  strike(fault: Fault) {
    this.fault = fault;
    if (fault === '410') this.#compact();
    for (const watch of [...this.#watches]) {
      if (fault === 'garbage') watch.text('<html>\n');
      else if (fault === 'half page') watch.text('{"type":"MODI\n');
      else if (fault === '410') watch.event('ERROR', { code: 410 });
      else if (fault !== 'silent' && fault !== 'slow') watch.break();
    }
  }

  /** Forgets its history, as a hub compacts it; who watches goes on. */
  forget() {
    this.#oldest = this.#version;
    this.#history = [];
  }

  heal() {
    this.fault = undefined;
  }

  async get(pathAndQuery: string, signal: AbortSignal): Promise<HubResponse> {
    this.requests++;
    const { searchParams } = new URL(pathAndQuery, 'http://hub');
    const isWatch = searchParams.get('watch') === 'true';
    switch (this.fault) {
      case 'down':
        throw networkError('ECONNREFUSED');
      case 'reset':
        throw networkError('ECONNRESET');
      case '401':
        return status(401, 'Unauthorized');
      case '403 on kind':
        return status(403, 'forbidden');
      case 'garbage':
        return answer(200, '<html>Sign in</html>\n');
      case 'half page':
        return answer(200, '{"items":[{"metadata":{"name":"a');
      case 'slow':
        await new Promise<void>(resolve => {
          this.clock.setTimeout(resolve, SLOW_MS);
          signal.addEventListener('abort', () => resolve());
        });
        if (signal.aborted) throw signal.reason;
        break;
      case 'silent':
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      case '410':
        if (isWatch) return status(410, 'too old resource version');
        break;
      default:
    }
    return isWatch ? this.#watch(searchParams, signal) : this.#list();
  }

  async close() {}

  #list(): HubResponse {
    return answer(200, {
      items: [...this.objects.values()],
      metadata: { resourceVersion: String(this.#version) },
    });
  }

  #watch(query: URLSearchParams, signal: AbortSignal): HubResponse {
    const from = Number(query.get('resourceVersion'));
    if (from < this.#oldest) return status(410, 'too old resource version');
    const watch = new ScriptedWatch(query, signal);
    this.#watches.add(watch);
    const cancel = this.clock.setTimeout(() => {
      if (this.fault !== 'silent') watch.end();
      this.#watches.delete(watch);
    }, Number(query.get('timeoutSeconds')) * 1000);
    signal.addEventListener('abort', () => {
      cancel();
      this.#watches.delete(watch);
    });
    for (const { version, type, object } of this.#history) {
      if (version > from) watch.event(type, object);
    }
    return { status: 200, body: watch.body() };
  }

  #tell(type: string, object: KubernetesObject) {
    const version = ++this.#version;
    const event = {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(version) },
    };
    this.#history.push({ version, type, object: event });
    // What is silent or broken delivers nothing.
    if (this.fault === undefined) {
      for (const watch of this.#watches) watch.event(type, event);
    }
  }

  #compact() {
    this.#oldest = this.#version + 1;
    this.#history = [];
    this.#version++;
  }
}
