import { join } from 'node:path';
import { exampleFleet } from './hub.mjs';
import { root } from './paths.mjs';
import { typescript } from './typescript.mjs';

/** Starts the embedded hub and waits until it answers. */
export async function startHub(group, { node, env }, ports, { onLine } = {}) {
  const child = group.start(
    'embedded hub',
    node,
    [
      ...typescript('packages/dev-hub/src/bin/main.ts'),
      '--kubernetes-port',
      String(ports.hub),
      '--git-port',
      String(ports.git),
      '--argocd-port',
      String(ports.argocd),
      '--control-port',
      String(ports.control),
      '--example',
      exampleFleet,
    ],
    { env, onLine },
  );
  await answers(`http://localhost:${ports.hub}/livez`);
  return child;
}

/** The addresses that `app-config.yaml` reads from the environment. */
export function portalEnvironment(env, ports) {
  return {
    ...env,
    PORT: String(ports.portal),
    HUB_PORT: String(ports.hub),
    GIT_PORT: String(ports.git),
    ARGOCD_PORT: String(ports.argocd),
    WAREHOUSE_PORT: String(ports.warehouse),
    WAREHOUSE_ARGOCD_PORT: String(ports.warehouseArgocd),
    // Guests are let in by a development backend only.
    NODE_ENV: 'development',
    // Backstage's own advice for Node 20 and later: https://github.com/backstage/backstage/issues/20661
    NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --no-node-snapshot`.trim(),
  };
}

/** Starts the backend, which serves the built pages, and waits until it answers. */
export async function startBackend(
  group,
  { node, env },
  ports,
  { onLine, configs = [] } = {},
) {
  const child = group.start(
    'portal',
    node,
    [
      ...typescript('packages/backend/src/index.ts'),
      ...['app-config.yaml', ...configs].flatMap(file => [
        '--config',
        join(root, file),
      ]),
    ],
    {
      env: portalEnvironment(env, ports),
      // Files in the configuration are relative to this folder, as with `backstage-cli package start`.
      cwd: join(root, 'packages/backend'),
      onLine,
    },
  );
  await answers(
    `http://localhost:${ports.portal}/.backstage/health/v1/readiness`,
  );
  return child;
}

async function answers(url) {
  // A process that dies meanwhile ends this one, so there is no other way out than an answer.
  for (;;) {
    try {
      const response = await fetch(url);
      if (response.ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}
