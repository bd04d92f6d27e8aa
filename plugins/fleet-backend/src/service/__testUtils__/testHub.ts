import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  adminRules,
  createKubernetesApi,
  FaultPlan,
  ObjectStore,
} from '@backstage-fleet/dev-hub';

const TOKEN = 'hub-token';

/** The Kubernetes API of a hub, over HTTP, that can come and go and be at fault. */
export class TestHub {
  readonly store = new ObjectStore();
  readonly faults = new FaultPlan();
  /** How many requests it got. */
  requests = 0;
  /** How many of them listed Applications. */
  lists = 0;
  #server: Server | undefined;
  #port = 0;

  /** What an entry of `fleet.hubs` says to reach it. */
  get connection() {
    return { url: `http://127.0.0.1:${this.#port}`, token: TOKEN };
  }

  /** Comes up, on the same port as before. */
  async listen(): Promise<void> {
    const api = createKubernetesApi({
      store: this.store,
      faults: this.faults,
      tokens: [{ token: TOKEN, name: 'fleet', rules: adminRules }],
    });
    this.#server = createServer((message, response) => {
      this.requests++;
      if (/\/applications\?(?!.*watch)/.test(message.url ?? '')) this.lists++;
      api(message, response);
    });
    await new Promise<void>(resolve => {
      this.#server!.listen(this.#port, '127.0.0.1', () => resolve());
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Its process ends. */
  async kill(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise(resolve => {
      this.#server?.close(resolve);
    });
  }
}
