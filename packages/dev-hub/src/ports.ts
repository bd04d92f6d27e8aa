import type { Server } from 'http';
import type { AddressInfo } from 'net';

/** How far the ports of one hub are from those of the next. */
export const PORT_STEP = 10;

/** The port of a hub: each hub after the first takes the port ten further on; 0 takes any free one. */
export function portOf(first: number, hub: number): number {
  return first === 0 ? 0 : first + PORT_STEP * hub;
}

/** Servers on the loopback address that end together. */
export class Listeners {
  readonly #servers: Server[] = [];

  /** @returns the address, `http://localhost:…` */
  async listen(server: Server, port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    this.#servers.push(server);
    return `http://localhost:${(server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#servers.map(
        server =>
          new Promise<void>(resolve => {
            server.close(() => resolve());
            server.closeAllConnections?.();
          }),
      ),
    );
  }
}
