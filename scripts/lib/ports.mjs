import { createServer } from 'node:net';

function isFree(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

function readPort(name, fallback) {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65533) {
    throw new Error(
      `${name}=${text} is no port: give a number from 1 to 65533.`,
    );
  }
  return port;
}

/**
 * The ports of the portal and the embedded hub: `PORT` (7007) and `HUB_PORT` (7100; the Git host and Argo CD's pages
 * take the two after it). Throws where one is taken; an external hub has taken its own.
 */
export async function choosePorts({ externalHub = false } = {}) {
  const portal = readPort('PORT', 7007);
  const hub = readPort('HUB_PORT', 7100);
  const hubPorts = [
    [hub, 'HUB_PORT', "the embedded hub's Kubernetes API"],
    [hub + 1, 'HUB_PORT', 'the embedded Git host (HUB_PORT + 1)'],
    [hub + 2, 'HUB_PORT', "Argo CD's pages (HUB_PORT + 2)"],
  ];
  const wanted = [
    [portal, 'PORT', 'the portal'],
    ...(externalHub ? [] : hubPorts),
  ];
  for (const [port, variable, what] of wanted) {
    if (!(await isFree(port))) {
      throw new Error(
        `Port ${port}, wanted for ${what}, is taken: end what uses it, or set ${variable} to another port.`,
      );
    }
  }
  return { portal, hub, git: hub + 1, argocd: hub + 2 };
}
