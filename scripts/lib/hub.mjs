import { join } from 'node:path';
import { root } from './paths.mjs';
import { typescript } from './typescript.mjs';

/** The embedded hub alone, as arguments for Node. `--help` lists its options. */
export function hubCommand(args) {
  return [
    ...typescript('packages/dev-hub/src/bin/main.ts'),
    ...(args.includes('--example')
      ? args
      : ['--example', join(root, 'examples/hub-and-spoke'), ...args]),
  ];
}
