import { typescript } from './typescript.mjs';

/** The `fleet` command from its sources, as arguments for Node. */
export function commandLine(args) {
  return [...typescript('packages/cli/src/index.ts'), ...args];
}
