import type { ObjectReader } from './ObjectReader';
import { readRawTree } from './trees';
import type { Snapshot } from './types';

const REMEMBERED_SNAPSHOTS = 16;

/** The text files of a tree object: path below it → text. */
type Texts = ReadonlyMap<string, string>;

interface Known {
  texts: Promise<Texts>;
  /** SHAs of what is in a folder. */
  children: string[];
}

/** Reads all text files of a commit; folders and files that the snapshot before it holds are not read again. */
export class SnapshotReader {
  readonly #snapshots = new Map<string, Promise<Snapshot>>();
  /** By SHA: the folders and (under the empty path) files of the newest snapshot. */
  #known = new Map<string, Known>();

  constructor(private readonly reader: ObjectReader) {}

  read(sha: string): Promise<Snapshot> {
    const known = this.#snapshots.get(sha);
    this.#snapshots.delete(sha);
    const snapshot = known ?? this.#read(sha);
    // Inserting again makes it the youngest: the oldest is dropped first.
    this.#snapshots.set(sha, snapshot);
    snapshot.catch(() => this.#snapshots.delete(sha));
    if (this.#snapshots.size > REMEMBERED_SNAPSHOTS) {
      this.#snapshots.delete(this.#snapshots.keys().next().value!);
    }
    return snapshot;
  }

  async #read(sha: string): Promise<Snapshot> {
    const tree = await this.reader.read(`${sha}^{tree}`);
    if (!tree) {
      throw new Error(`${sha} is not a commit`);
    }
    const seen = new Map<string, Known>();
    const files = await this.#folder(tree.sha, seen);
    this.#known = seen;
    return { sha, files };
  }

  #folder(sha: string, seen: Map<string, Known>): Promise<Texts> {
    return this.#remember(sha, seen, async children => {
      const files = new Map<string, string>();
      const entries = [...(await readRawTree(this.reader, sha))];
      children.push(...entries.map(([, entry]) => entry.sha));
      const parts = await Promise.all(
        entries.map(([, { mode, sha: entry }]) => {
          if (mode === '040000') return this.#folder(entry, seen);
          return mode === '100644' || mode === '100755'
            ? this.#file(entry, seen)
            : undefined;
        }),
      );
      entries.forEach(([rawName], index) => {
        const name = Buffer.from(rawName, 'latin1').toString('utf8');
        parts[index]?.forEach((text, path) =>
          files.set(path ? `${name}/${path}` : name, text),
        );
      });
      return files;
    });
  }

  #file(sha: string, seen: Map<string, Known>): Promise<Texts> {
    return this.#remember(sha, seen, async () => {
      const object = await this.reader.read(sha);
      const text =
        object && !object.content.includes(0)
          ? object.content.toString('utf8')
          : undefined;
      return new Map(text === undefined ? [] : [['', text]]);
    });
  }

  #remember(
    sha: string,
    seen: Map<string, Known>,
    read: (children: string[]) => Promise<Texts>,
  ): Promise<Texts> {
    if (!seen.has(sha) && !this.#carryOver(sha, seen)) {
      const children: string[] = [];
      const known = { children, texts: read(children) };
      seen.set(sha, known);
    }
    return seen.get(sha)!.texts;
  }

  /** Takes an unchanged file or folder, with all that is in it, from the snapshot before. */
  #carryOver(sha: string, seen: Map<string, Known>): boolean {
    const known = this.#known.get(sha);
    if (known && !seen.has(sha)) {
      seen.set(sha, known);
      known.children.forEach(child => this.#carryOver(child, seen));
    }
    return known !== undefined;
  }
}
