import { spawn, type ChildProcessWithoutNullStreams } from 'child_process';
import type { Socket } from 'net';
import { GitCommandError } from './errors';
import { gitEnvironment } from './process';

interface Waiter<T> {
  resolve(answer: T): void;
  reject(error: Error): void;
}

/** Finds the answers in what a process writes, of which chunks may have any part. */
export interface AnswerParser<T> {
  /** The answers that are whole with this chunk. */
  push(chunk: Buffer): T[];
  /** The process ended: what began is no answer. */
  reset(): void;
}

/**
 * A long-lived git process that answers every question, in order.
 *
 * It is started on first use, and again after it ended: git ends when it refuses a question. It does not keep Node.js
 * alive while idle.
 */
export class GitProcess<T> {
  #child: ChildProcessWithoutNullStreams | undefined;
  #waiters: Waiter<T>[] = [];
  #errors = '';

  constructor(
    private readonly directory: string,
    private readonly args: readonly string[],
    private readonly parser: AnswerParser<T>,
  ) {}

  /** @throws `GitCommandError` where the process ends before it answers */
  ask(question: string | Buffer): Promise<T> {
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
    child.stdout.on('data', (chunk: Buffer) => {
      if (this.#child === child) {
        this.#receive(child, chunk);
      }
    });
    return child;
  }

  #receive(child: ChildProcessWithoutNullStreams, chunk: Buffer) {
    for (const answer of this.parser.push(chunk)) {
      this.#waiters.shift()?.resolve(answer);
    }
    if (this.#waiters.length === 0) {
      keepAlive(child, false);
    }
  }

  #fail(error: Error) {
    this.parser.reset();
    this.#waiters.splice(0).forEach(waiter => waiter.reject(error));
  }
}

/** Whether a child and its pipes hold the event loop open. */
function keepAlive(child: ChildProcessWithoutNullStreams, busy: boolean): void {
  const method = busy ? 'ref' : 'unref';
  child[method]();
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    (stream as unknown as Socket)[method]?.();
  }
}
