import { createServer, type AddressInfo } from 'net';

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

/** A port that is free now, with the two after it. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const port = await new Promise<number>(resolve => {
      const server = createServer();
      server.listen(0, () => {
        const { port: free } = server.address() as AddressInfo;
        server.close(() => resolve(free));
      });
    });
    if (port < 65000 && (await isFree(port + 1)) && (await isFree(port + 2))) {
      return port;
    }
  }
}
