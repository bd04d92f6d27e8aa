import { join } from 'node:path';
import { root } from './paths.mjs';
import { typescript } from './typescript.mjs';

/** The fleet that the portal shows: a hub with its spokes, and a cluster that is its own hub. */
export const exampleFleet = join(root, 'examples/portal');

/** The embedded hub alone, as arguments for Node. `--help` lists its options. */
export function hubCommand(args) {
  return [
    ...typescript('packages/dev-hub/src/bin/main.ts'),
    ...(args.includes('--example')
      ? args
      : ['--example', exampleFleet, ...args]),
  ];
}
