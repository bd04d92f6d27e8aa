import { typescript } from './typescript.mjs';

/** The benchmarks, as arguments for Node. They ask for garbage collection before they measure memory. */
export function benchmarkCommand(args) {
  return ['--expose-gc', ...typescript('benchmarks/src/index.ts'), ...args];
}
