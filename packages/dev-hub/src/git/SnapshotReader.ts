import type { ObjectReader } from './ObjectReader';
import { listTree } from './trees';
import type { Snapshot } from './types';

const REMEMBERED_SNAPSHOTS = 16;

/** Reads all text files of a commit; blobs that an earlier snapshot holds are taken from it. */
export class SnapshotReader {
  readonly #snapshots = new Map<string, Promise<Snapshot>>();
  #texts = new Map<string, string>();

  constructor(
    private readonly directory: string,
    private readonly reader: ObjectReader,
  ) {}

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
    const entries = (
      await listTree(this.directory, sha, { recursive: true })
    ).filter(entry => entry.mode === '100644' || entry.mode === '100755');
    const texts = new Map<string, string>();
    const files = new Map<string, string>();
    await Promise.all(
      entries.map(async entry => {
        const text =
          this.#texts.get(entry.sha) ?? (await this.#text(entry.sha));
        if (text !== undefined) texts.set(entry.sha, text);
      }),
    );
    for (const entry of entries) {
      const text = texts.get(entry.sha);
      if (text !== undefined) files.set(entry.path, text);
    }
    this.#texts = texts;
    return { sha, files };
  }

  async #text(sha: string): Promise<string | undefined> {
    const object = await this.reader.read(sha);
    return object && !object.content.includes(0)
      ? object.content.toString('utf8')
      : undefined;
  }
}
