import { join } from 'node:path';
import { root } from './paths.mjs';
import { hubPorts } from './ports.mjs';
import { typescript } from './typescript.mjs';

/** The fleet that the portal shows: a hub with its spokes, and a cluster that is its own hub. */
export const exampleFleet = join(root, 'examples/portal');

/**
 * The embedded hub alone, as arguments for Node. `--help` lists its options; where they name no ports, those of `HUB_PORT` are
 * used, for a hub that is started and for one that is to be broken or mended.
 */
export function hubCommand(args) {
  const ports = hubPorts();
  const defaults = {
    '--example': exampleFleet,
    '--kubernetes-port': ports.hub,
    '--git-port': ports.git,
    '--argocd-port': ports.argocd,
    '--control-port': ports.control,
    '--control': `http://localhost:${ports.control}`,
  };
  return [
    ...typescript('packages/dev-hub/src/bin/main.ts'),
    // Of an option given twice, the last counts.
    ...Object.entries(defaults).flatMap(([name, value]) => [name, `${value}`]),
    ...args,
  ];
}
