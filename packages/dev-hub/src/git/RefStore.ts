import { EventEmitter } from 'events';
import { GitCommandError, RefConflictError } from './errors';
import { assertRefName } from './names';
import { runGit } from './process';
import type { GitRef, RefChange } from './types';

const NO_OBJECT = '0'.repeat(40);

/**
 * Branches, tags and other refs of a repository: read, moved with compare-and-swap, and watched.
 */
export class RefStore {
  readonly #events = new EventEmitter().setMaxListeners(0);
  #known = new Map<string, string>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly directory: string) {}

  /** Refs whose full name starts with the prefix, in order of their names. */
  async list(prefix = 'refs/'): Promise<GitRef[]> {
    const { stdout } = await runGit(this.directory, [
      'for-each-ref',
      '--format=%(refname) %(objectname) %(objecttype)',
    ]);
    return stdout
      .toString('utf8')
      .split('\n')
      .filter(line => line.startsWith(prefix))
      .map(line => {
        const [name, sha, type] = line.split(' ');
        return { name, sha, type: type as GitRef['type'] };
      });
  }

  /**
   * Moves, creates (`before` undefined) or deletes (`after` undefined) a ref.
   *
   * @throws RefConflictError where the ref is not at `before`.
   */
  move(name: string, before: string | undefined, after: string | undefined) {
    assertRefName(name);
    return this.#serialize(async () => {
      const args = after
        ? [name, after, before ?? NO_OBJECT]
        : ['-d', name, before ?? NO_OBJECT];
      try {
        await runGit(this.directory, ['update-ref', ...args]);
      } catch (error) {
        const actual = (await this.list(name)).find(
          ref => ref.name === name,
        )?.sha;
        if (error instanceof GitCommandError && actual !== before) {
          throw new RefConflictError(name, before, actual);
        }
        throw error;
      }
      this.#observe(name, after);
    });
  }

  /** Reads all refs again and reports those that another process moved, such as `git push`. */
  refresh(): Promise<void> {
    return this.#serialize(async () => {
      const refs = new Map(
        (await this.list()).map(ref => [ref.name, ref.sha] as const),
      );
      for (const name of [...this.#known.keys()]) {
        if (!refs.has(name)) {
          this.#observe(name, undefined);
        }
      }
      refs.forEach((sha, name) => this.#observe(name, sha));
    });
  }

  /** The listener runs right after the ref moved, in the order of the moves, and must not throw. */
  onChanged(listener: (change: RefChange) => void): () => void {
    this.#events.on('change', listener);
    return () => this.#events.off('change', listener);
  }

  close() {
    this.#events.removeAllListeners();
  }

  #observe(ref: string, after: string | undefined) {
    const before = this.#known.get(ref);
    if (before === after) {
      return;
    }
    if (after) {
      this.#known.set(ref, after);
    } else {
      this.#known.delete(ref);
    }
    this.#events.emit('change', { ref, before, after } satisfies RefChange);
  }

  // Moves and refreshes take turns, so that listeners never see a ref step back.
  #serialize<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task, task);
    this.#queue = result.catch(() => {});
    return result;
  }
}
