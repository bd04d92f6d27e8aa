import { join } from 'node:path';
import { root } from './paths.mjs';

/** The `fleet` command from its sources, as arguments for Node. */
export function commandLine(args) {
  return [
    '--require',
    join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
    join(root, 'packages/cli/src/index.ts'),
    ...args,
  ];
}
