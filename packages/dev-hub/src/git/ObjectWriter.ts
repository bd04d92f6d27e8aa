import { mkdir, rm, writeFile } from 'fs/promises';
import { join } from 'path';
import { LineProcess } from './LineProcess';

/** An entry of one tree object. The name is in latin1, which keeps every byte. */
export interface RawTreeEntry {
  mode: string;
  sha: string;
}

/**
 * Writes objects through long-lived git processes: a change costs no process of its own.
 */
export class ObjectWriter {
  readonly #blobs: LineProcess;
  readonly #commits: LineProcess;
  readonly #trees: LineProcess;
  /** Contents on their way into the object database: git reads them by path. */
  readonly #incoming: string;
  #ready: Promise<unknown> | undefined;
  #count = 0;

  constructor(directory: string) {
    const hash = ['hash-object', '-w', '--no-filters', '--stdin-paths'];
    this.#blobs = new LineProcess(directory, hash);
    this.#commits = new LineProcess(directory, [...hash, '-t', 'commit']);
    this.#trees = new LineProcess(directory, ['mktree', '--batch', '-z']);
    this.#incoming = join(directory, 'incoming');
  }

  writeBlob(content: string | Uint8Array): Promise<string> {
    return this.#hash(this.#blobs, content);
  }

  /** @throws GitCommandError where git finds the commit malformed. */
  writeCommit(content: string): Promise<string> {
    return this.#hash(this.#commits, content);
  }

  /** Writes one tree; git puts the entries in order. */
  writeTree(entries: ReadonlyMap<string, RawTreeEntry>): Promise<string> {
    const lines = [...entries].map(([name, { mode, sha }]) => {
      const types: Record<string, string> = {
        '040000': 'tree',
        '160000': 'commit',
      };
      return `${mode} ${types[mode] ?? 'blob'} ${sha}\t${name}\0`;
    });
    return this.#trees.ask(Buffer.from(`${lines.join('')}\0`, 'latin1'));
  }

  close() {
    [this.#blobs, this.#commits, this.#trees].forEach(child => child.close());
  }

  async #hash(
    child: LineProcess,
    content: string | Uint8Array,
  ): Promise<string> {
    this.#ready ??= mkdir(this.#incoming, { recursive: true });
    await this.#ready;
    this.#count += 1;
    const path = join(this.#incoming, `${process.pid}-${this.#count}`);
    try {
      await writeFile(path, content);
      return await child.ask(`${path}\n`);
    } finally {
      await rm(path, { force: true });
    }
  }
}
