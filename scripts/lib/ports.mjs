import { lookup } from 'node:dns/promises';
import { createServer } from 'node:net';

function isFree(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

/** Everything listens on 127.0.0.1, and is asked for at `localhost`. */
async function checkLocalhost() {
  const found = await lookup('localhost', { all: true }).catch(() => []);
  if (!found.some(({ address }) => address === '127.0.0.1')) {
    throw new Error(
      'On this machine `localhost` is not 127.0.0.1: add the line "127.0.0.1 localhost" to /etc/hosts.',
    );
  }
}

function readPort(name, fallback) {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65520) {
    throw new Error(
      `${name}=${text} is no port: give a number from 1 to 65520.`,
    );
  }
  return port;
}

/** The ports of the embedded hub: `HUB_PORT` (7100) and those after it. */
export function hubPorts() {
  const hub = readPort('HUB_PORT', 7100);
  return {
    hub,
    git: hub + 1,
    argocd: hub + 2,
    control: hub + 3,
    warehouse: hub + 10,
    warehouseArgocd: hub + 12,
  };
}

/**
 * The ports of the portal and the embedded hub: `PORT` (7007) and `HUB_PORT` (7100; the Git host and Argo CD's pages
 * take the two after it, the control port the third; the second hub's are ten further on). Throws where one is taken; an
 * external hub has taken its own.
 */
export async function choosePorts({ externalHub = false } = {}) {
  await checkLocalhost();
  const portal = readPort('PORT', 7007);
  const ports = hubPorts();
  const ofHub = [
    [ports.hub, 'HUB_PORT', "the embedded hub's Kubernetes API"],
    [ports.git, 'HUB_PORT', 'the embedded Git host (HUB_PORT + 1)'],
    [ports.argocd, 'HUB_PORT', 'Argo CD (HUB_PORT + 2)'],
    [ports.control, 'HUB_PORT', 'breaking and mending hubs (HUB_PORT + 3)'],
    [
      ports.warehouse,
      'HUB_PORT',
      "the second hub's Kubernetes API (HUB_PORT + 10)",
    ],
    [
      ports.warehouseArgocd,
      'HUB_PORT',
      "the second hub's Argo CD (HUB_PORT + 12)",
    ],
  ];
  const wanted = [
    [portal, 'PORT', 'the portal'],
    ...(externalHub ? [] : ofHub),
  ];
  for (const [port, variable, what] of wanted) {
    if (!(await isFree(port))) {
      throw new Error(
        `Port ${port}, wanted for ${what}, is taken: end what uses it, or set ${variable} to another port.`,
      );
    }
  }
  return { portal, ...ports };
}
