import type { AddressInfo } from 'node:net';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import fleetPlugin from '@backstage-fleet/plugin-fleet-backend';
import { HttpClient, type Response } from './HttpClient';
import { HUB_TOKEN } from './Hubs';

/** The backend plugin with its HTTP API, reading hubs. */
export class Portal {
  readonly #revisionListeners = new Set<(revision: number) => void>();
  readonly #answerListeners = new Set<(url: string, took: number) => void>();
  #backend!: Awaited<ReturnType<typeof startTestBackend>>;
  #client!: HttpClient;

  static async start(hubUrls: string[]): Promise<Portal> {
    const portal = new Portal();
    portal.#backend = await startTestBackend({
      features: [
        fleetPlugin,
        catalogServiceMock.factory({ entities: [] }),
        createServiceFactory({
          service: signalsServiceRef,
          deps: {},
          factory: () => ({
            publish: async ({ message }: any) => portal.#signal(message),
          }),
        }),
        mockServices.rootLogger.factory({ level: 'error' }),
        mockServices.rootConfig.factory({
          data: {
            fleet: {
              hubs: hubUrls.map((url, index) => ({
                id: `hub-${index}`,
                url,
                token: HUB_TOKEN,
              })),
            },
          },
        }),
      ],
    });
    const address = portal.#backend.server.address() as AddressInfo;
    portal.#client = new HttpClient(address.port);
    portal.#backend.server.prependListener('request', (asked, response) => {
      const begin = performance.now();
      const end = response.end.bind(response);
      response.end = (...body: any[]) => {
        const took = performance.now() - begin;
        for (const tell of portal.#answerListeners) tell(asked.url!, took);
        return end(...body);
      };
    });
    return portal;
  }

  /** Calls back for every signal that browsers get; returns what ends it. */
  onRevision(listener: (revision: number) => void): () => void {
    this.#revisionListeners.add(listener);
    return () => this.#revisionListeners.delete(listener);
  }

  /**
   * Calls back for every answer with the milliseconds from the request to it, in the server: what the client and the
   * network take is not in it. Returns what ends it.
   */
  onAnswer(listener: (url: string, took: number) => void): () => void {
    this.#answerListeners.add(listener);
    return () => this.#answerListeners.delete(listener);
  }

  get port(): number {
    return this.#client.port;
  }

  get(path: string): Promise<Response> {
    return this.#client.get(path);
  }

  async json(path: string): Promise<any> {
    const { status, body, encoding } = await this.get(path);
    const { gunzipSync } = await import('node:zlib');
    const text = (encoding === 'gzip' ? gunzipSync(body) : body).toString();
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
    return JSON.parse(text);
  }

  /** Resolves when every hub is read and followed. */
  async live(): Promise<void> {
    for (;;) {
      const { items } = await this.json('/hubs');
      if (items.every((hub: any) => hub.freshness.status === 'live')) return;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  async stop(): Promise<void> {
    this.#client.stop();
    await this.#backend.stop();
  }

  #signal({ revision }: { revision?: number }) {
    if (revision === undefined) return;
    for (const listener of this.#revisionListeners) listener(revision);
  }
}
