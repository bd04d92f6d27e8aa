// `npm start`: a living portal on an embedded hub. Installs and builds what is missing first.
// With FLEET_HUB=external it uses a hub that runs already (`npm run hub`) at HUB_PORT.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildDir, root } from './lib/paths.mjs';
import { choosePorts } from './lib/ports.mjs';
import { startBackend, startHub } from './lib/portal.mjs';
import { ProcessGroup } from './lib/processes.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';
import { ensureBuilt, ensureInstalled } from './lib/workspace.mjs';

try {
  const externalHub = process.env.FLEET_HUB === 'external';
  const ports = await choosePorts({ externalHub });
  const toolchain = ensureToolchain();
  await ensureInstalled(toolchain);
  await ensureBuilt(toolchain);

  mkdirSync(buildDir, { recursive: true });
  const log = join(buildDir, 'start.log');
  writeFileSync(log, '');
  const onLine = line => appendFileSync(log, `${line}\n`);

  const group = new ProcessGroup();
  if (!externalHub) await startHub(group, toolchain, ports, { onLine });
  await startBackend(group, toolchain, ports, { onLine });
  console.log(`Portal ready at http://localhost:${ports.portal}`);
  console.log(
    `GitOps repository at http://localhost:${
      ports.git
    }/acme/fleet-gitops, log in ${relative(
      root,
      log,
    )}. Ctrl-C ends everything.`,
  );
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
