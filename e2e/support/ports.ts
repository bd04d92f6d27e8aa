import { createServer } from 'net';

/** Below the ports that systems give to outgoing connections, which would take one between our look and its use. */
const FROM = 15_000;
const TO = 32_000;

/** What a portal with its hubs takes, from one port on. */
const TAKEN = [0, 1, 2, 3, 10, 12];

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

/** Those of a portal with its hubs that are taken at this moment. */
export async function takenPorts(port: number): Promise<number[]> {
  const ports = TAKEN.map(further => port + further);
  const free = await Promise.all(ports.map(isFree));
  return ports.filter((_, index) => !free[index]);
}

/** A port that is free now, with those that a portal with its hubs takes after it. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const port = FROM + Math.floor(Math.random() * (TO - FROM));
    if ((await takenPorts(port)).length === 0) return port;
  }
}
