// `npm run dev`: the embedded hub, and portal and backend with hot reload.
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { choosePorts } from './lib/ports.mjs';
import { portalEnvironment, startHub } from './lib/portal.mjs';
import { ProcessGroup } from './lib/processes.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';
import { ensureInstalled } from './lib/workspace.mjs';

try {
  const ports = await choosePorts();
  const toolchain = ensureToolchain();
  await ensureInstalled(toolchain);
  const group = new ProcessGroup();
  const onLine = line => console.log(line);
  await startHub(group, toolchain, ports, { onLine });
  group.start(
    'development server',
    toolchain.node,
    [
      toolchain.yarn,
      'backstage-cli',
      'repo',
      'start',
      '--config',
      join(root, 'app-config.yaml'),
      '--config',
      join(root, 'app-config.dev.yaml'),
    ],
    { env: portalEnvironment(toolchain.env, ports), onLine },
  );
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
