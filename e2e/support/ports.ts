import { createServer, type AddressInfo } from 'net';

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

/** What a portal with its hubs takes, from one port on. */
const TAKEN = [1, 2, 3, 10, 12];

/** A port that is free now, with those that a portal with its hubs takes after it. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const port = await new Promise<number>(resolve => {
      const server = createServer();
      server.listen(0, () => {
        const { port: free } = server.address() as AddressInfo;
        server.close(() => resolve(free));
      });
    });
    const free = await Promise.all(
      TAKEN.map(further => isFree(port + further)),
    );
    if (port < 65000 && free.every(Boolean)) return port;
  }
}
