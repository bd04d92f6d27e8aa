import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { root } from './paths.mjs';

/** The browser journeys, as arguments for Node and the environment they need. */
export function journeyCommand({ node, yarn, env }) {
  return {
    args: [
      yarn,
      'run',
      '-B',
      'jest',
      '--config',
      join(root, 'e2e/jest.config.js'),
      '--runInBand',
    ],
    env: { ...env, FLEET_BROWSER: ensureBrowser(), FLEET_NODE: node },
  };
}
