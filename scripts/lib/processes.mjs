import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/**
 * Child processes that live and end together: when one ends, or on Ctrl-C, all end.
 */
export class ProcessGroup {
  #children = new Map();
  #ending;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => this.end(0));
    }
  }

  /** Starts a program; its lines go to `onLine`, and what it wrote last is shown when it dies. */
  start(name, command, args, { env, cwd = root, onLine }) {
    const last = [];
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own group, so that Ctrl-C reaches it once, through us, and nothing it started is left behind.
      detached: process.platform !== 'win32',
    });
    this.#children.set(name, child);
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.on('data', data => {
        const lines = (rest + data).split('\n');
        rest = lines.pop();
        for (const line of lines) {
          last.push(line);
          if (last.length > 40) last.shift();
          onLine?.(line);
        }
      });
    }
    child.on('exit', code => {
      this.#children.delete(name);
      if (this.#ending) return;
      console.error(last.join('\n'));
      console.error(`The ${name} ended by itself (exit code ${code}).`);
      this.end(1);
    });
    return child;
  }

  /** Ends everything and then this process. */
  end(code) {
    this.#ending ??= this.#endAll().then(() => process.exit(code));
    return this.#ending;
  }

  async #endAll() {
    const children = [...this.#children.values()];
    for (const child of children) signal(child, 'SIGTERM');
    const since = Date.now();
    // A program that ended may have left others of its group behind, with their ports. One that is killed and that nobody
    // collects looks as if it were there for ever.
    while (children.some(isThere) && Date.now() - since < 8000) {
      if (Date.now() - since > 5000)
        for (const child of children) signal(child, 'SIGKILL');
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}

/** Sends a signal to a program and all that it started; false where none of them is there. */
function signal(child, name) {
  try {
    if (process.platform === 'win32') return child.kill(name);
    return process.kill(-child.pid, name);
  } catch {
    return false;
  }
}

function isThere(child) {
  return process.platform === 'win32'
    ? child.exitCode === null && child.signalCode === null
    : signal(child, 0);
}
