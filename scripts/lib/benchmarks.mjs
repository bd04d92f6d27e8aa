import { ensureBrowser } from './browser.mjs';
import { typescript } from './typescript.mjs';

/** Whether the portal's pages are measured in a browser: by `paint`, and where no name chooses. */
export function measuresPages(args) {
  const names = args.filter(
    (arg, at) => !arg.startsWith('-') && args[at - 1] !== '--scale',
  );
  return names.length === 0 || names.includes('paint');
}

/**
 * The benchmarks, as arguments for Node and the environment they need. They ask for garbage collection before they measure
 * memory.
 */
export function benchmarkCommand(args, env) {
  return {
    args: ['--expose-gc', ...typescript('benchmarks/src/index.ts'), ...args],
    env: measuresPages(args) ? { ...env, FLEET_BROWSER: ensureBrowser() } : env,
  };
}
