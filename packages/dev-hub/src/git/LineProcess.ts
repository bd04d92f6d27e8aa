import { spawn, type ChildProcessWithoutNullStreams } from 'child_process';
import type { Socket } from 'net';
import { GitCommandError } from './errors';
import { gitEnvironment } from './process';

interface Waiter {
  resolve(line: string): void;
  reject(error: Error): void;
}

/**
 * A long-lived git process that answers every question with one line, in order.
 *
 * It is started on first use, and again after it ended: git ends when it refuses a question. It does not keep Node.js
 * alive while idle.
 */
export class LineProcess {
  #child: ChildProcessWithoutNullStreams | undefined;
  #waiters: Waiter[] = [];
  #output = '';
  #errors = '';

  constructor(
    private readonly directory: string,
    private readonly args: readonly string[],
  ) {}

  ask(question: string | Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = this.#start();
      this.#waiters.push({ resolve, reject });
      keepAlive(child, true);
      child.stdin.write(question);
    });
  }

  close() {
    const child = this.#child;
    this.#child = undefined;
    child?.stdin.end();
    child?.kill();
    this.#fail(new Error(`The repository ${this.directory} was closed`));
  }

  #start(): ChildProcessWithoutNullStreams {
    if (this.#child) {
      return this.#child;
    }
    const child = spawn('git', [`--git-dir=${this.directory}`, ...this.args], {
      cwd: this.directory,
      env: gitEnvironment(),
      windowsHide: true,
    });
    this.#child = child;
    this.#output = '';
    this.#errors = '';
    const ended = (error: Error) => {
      if (this.#child === child) {
        this.#child = undefined;
        this.#fail(error);
      }
    };
    child.once('error', ended);
    child.once('close', code =>
      ended(new GitCommandError(this.args[0], code ?? undefined, this.#errors)),
    );
    child.stdin.on('error', () => {});
    child.stderr.on('data', chunk => {
      this.#errors += chunk;
    });
    child.stdout.on('data', chunk => {
      if (this.#child === child) {
        this.#receive(child, String(chunk));
      }
    });
    return child;
  }

  #receive(child: ChildProcessWithoutNullStreams, chunk: string) {
    const lines = (this.#output + chunk).split('\n');
    this.#output = lines.pop()!;
    lines.forEach(line => this.#waiters.shift()?.resolve(line));
    if (this.#waiters.length === 0) {
      keepAlive(child, false);
    }
  }

  #fail(error: Error) {
    this.#waiters.splice(0).forEach(waiter => waiter.reject(error));
  }
}

/** Whether a child and its pipes hold the event loop open. */
export function keepAlive(
  child: ChildProcessWithoutNullStreams,
  busy: boolean,
): void {
  const method = busy ? 'ref' : 'unref';
  child[method]();
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    (stream as unknown as Socket)[method]?.();
  }
}
