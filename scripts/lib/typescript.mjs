import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * A program of ours from its TypeScript sources, as arguments for Node: with the transform that `backstage-cli package
 * start` uses.
 */
export function typescript(source) {
  return [
    '--require',
    join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
    join(root, source),
  ];
}
