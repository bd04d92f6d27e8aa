import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end with our output.
 *
 * @returns {Promise<number>} its exit code
 */
export function run(command, args, { env, cwd = root, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    let kept = '';
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    child.stdout?.on('data', data => (kept += data));
    child.stderr?.on('data', data => (kept += data));
    // Whoever ends us ends what we run; we go when it has gone.
    const forward = signal => child.kill(signal);
    for (const signal of SIGNALS) process.on(signal, forward);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of SIGNALS) process.off(name, forward);
      if (quiet && code !== 0) process.stderr.write(kept);
      resolve(code ?? (signal ? 1 : 0));
    });
  });
}

/** Like {@link run}, and throws where it fails. */
export async function mustRun(what, command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) throw new Error(`${what} failed (exit code ${code}).`);
}
