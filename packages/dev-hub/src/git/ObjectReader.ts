import { type AnswerParser, GitProcess } from './GitProcess';

/** @public */
export interface GitObject {
  sha: string;
  type: 'commit' | 'tree' | 'blob' | 'tag';
  content: Buffer;
}

const HEADER = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/;

/** What `git cat-file --batch` writes: a line, and the object's content where it says that there is one. */
class Objects implements AnswerParser<GitObject | undefined> {
  #chunks: Buffer[] = [];
  #buffered = 0;
  #needed = 0;
  #header: { sha: string; type: GitObject['type']; size: number } | undefined;

  push(chunk: Buffer): Array<GitObject | undefined> {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    // Large objects arrive in many chunks: join them once, when all are there.
    if (this.#buffered < this.#needed) {
      return [];
    }
    const answers: Array<GitObject | undefined> = [];
    let buffer =
      this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    for (;;) {
      if (!this.#header) {
        const end = buffer.indexOf(0x0a);
        if (end < 0) {
          break;
        }
        const match = HEADER.exec(buffer.toString('utf8', 0, end));
        buffer = buffer.subarray(end + 1);
        if (!match) {
          answers.push(undefined);
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
      answers.push({
        sha,
        type,
        content: Buffer.from(buffer.subarray(0, size)),
      });
      buffer = buffer.subarray(size + 1);
      this.#header = undefined;
    }
    this.#chunks = buffer.length ? [buffer] : [];
    this.#buffered = buffer.length;
    this.#needed = this.#header ? this.#header.size + 1 : 0;
    return answers;
  }

  reset() {
    this.#chunks = [];
    this.#buffered = 0;
    this.#needed = 0;
    this.#header = undefined;
  }
}

/** Reads objects through one long-lived `git cat-file --batch`: some microseconds per object instead of a process each. */
export class ObjectReader {
  readonly #process: GitProcess<GitObject | undefined>;

  constructor(directory: string) {
    const args = ['cat-file', '--batch'];
    this.#process = new GitProcess(directory, args, new Objects());
  }

  /** The object that a SHA or revision (`<sha>^{tree}`, `refs/heads/main`) names, or `undefined`. */
  async read(revision: string): Promise<GitObject | undefined> {
    return !revision || /[\n\0]/.test(revision)
      ? undefined
      : this.#process.ask(`${revision}\n`);
  }

  close() {
    this.#process.close();
  }
}
