import { spawn, type ChildProcessWithoutNullStreams } from 'child_process';
import { keepAlive } from './LineProcess';
import { gitEnvironment } from './process';

/** @public */
export interface GitObject {
  sha: string;
  type: 'commit' | 'tree' | 'blob' | 'tag';
  content: Buffer;
}

interface Waiter {
  resolve(object: GitObject | undefined): void;
  reject(error: Error): void;
}

/**
 * Reads objects through one long-lived `git cat-file --batch`: some microseconds per object instead of a process each.
 *
 * The process is started on first use, and again after it ended. It does not keep Node.js alive while idle.
 */
export class ObjectReader {
  #child: ChildProcessWithoutNullStreams | undefined;
  #waiters: Waiter[] = [];
  #chunks: Buffer[] = [];
  #buffered = 0;
  #needed = 0;
  #header: { sha: string; type: GitObject['type']; size: number } | undefined;

  constructor(private readonly directory: string) {}

  /** The object that a SHA or revision (`<sha>^{tree}`, `refs/heads/main`) names, or `undefined`. */
  async read(revision: string): Promise<GitObject | undefined> {
    if (!revision || /[\n\0]/.test(revision)) {
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const child = this.#start();
      this.#waiters.push({ resolve, reject });
      keepAlive(child, true);
      child.stdin.write(`${revision}\n`);
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
    const child = spawn(
      'git',
      [`--git-dir=${this.directory}`, 'cat-file', '--batch'],
      { cwd: this.directory, env: gitEnvironment(), windowsHide: true },
    );
    this.#child = child;
    const ended = (error: Error) => {
      if (this.#child === child) {
        this.#child = undefined;
        this.#fail(error);
      }
    };
    child.once('error', ended);
    child.once('close', code =>
      ended(new Error(`git cat-file ended with ${code ?? 'a signal'}`)),
    );
    child.stdin.on('error', () => {});
    child.stderr.resume();
    child.stdout.on('data', (chunk: Buffer) => {
      if (this.#child === child) {
        this.#receive(chunk);
      }
    });
    return child;
  }

  #fail(error: Error) {
    this.#chunks = [];
    this.#buffered = 0;
    this.#needed = 0;
    this.#header = undefined;
    this.#waiters.splice(0).forEach(waiter => waiter.reject(error));
  }

  #receive(chunk: Buffer) {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    // Large objects arrive in many chunks: join them once, when all are there.
    if (this.#buffered < this.#needed) {
      return;
    }
    let buffer =
      this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    for (;;) {
      if (!this.#header) {
        const end = buffer.indexOf(0x0a);
        if (end < 0) {
          break;
        }
        const line = buffer.toString('utf8', 0, end);
        buffer = buffer.subarray(end + 1);
        const match = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/.exec(
          line,
        );
        if (!match) {
          this.#answer(undefined);
          continue;
        }
        this.#header = {
          sha: match[1],
          type: match[2] as GitObject['type'],
          size: Number(match[3]),
        };
      }
      const { sha, type, size } = this.#header;
      if (buffer.length < size + 1) {
        break;
      }
      const content = Buffer.from(buffer.subarray(0, size));
      buffer = buffer.subarray(size + 1);
      this.#header = undefined;
      this.#answer({ sha, type, content });
    }
    this.#chunks = buffer.length ? [buffer] : [];
    this.#buffered = buffer.length;
    this.#needed = this.#header ? this.#header.size + 1 : 0;
  }

  #answer(object: GitObject | undefined) {
    this.#waiters.shift()?.resolve(object);
    if (this.#waiters.length === 0 && this.#child) {
      keepAlive(this.#child, false);
    }
  }
}
