import type { RepositorySnapshot } from '@backstage-fleet/plugin-fleet-gitops';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { readArchive } from './archive';
import { decodeText, gitBlobSha } from './gitBlob';

/** One file in a commit's tree. */
export interface TreeFile {
  path: string;
  /** `100644` or `100755`. */
  mode: string;
  sha: string;
  /** Bytes. */
  size: number;
}

/** What a snapshot is read from; each call is one request. */
export interface SnapshotSource {
  tree(commitSha: string): Promise<TreeFile[]>;
  blob(sha: string): Promise<Buffer>;
  /** Gzipped tar of the commit's files; `undefined` where the host has none. */
  archive(commitSha: string): Promise<Buffer | undefined>;
}

/** A commit's text files together with its tree. */
export interface ReadSnapshot extends RepositorySnapshot {
  tree: ReadonlyMap<string, TreeFile>;
}

/** Files above this are no manifests, and are left out. */
const LARGEST_FILE = 2 * 1024 * 1024;
/** Up to so many missing files are asked for one by one; more come in one archive. */
const FEW_BLOBS = 1;
const LARGEST_ARCHIVE = 64 * 1024 * 1024;
const CACHED_TEXT = 64 * 1024 * 1024;
const CACHED_SNAPSHOTS = 8;

/**
 * Reads all text files at a commit with two requests the first time, and with as few as there are changed files
 * afterwards: texts are kept by blob SHA, snapshots by commit SHA, both bounded.
 */
export class SnapshotReader {
  readonly #url: string;
  readonly #source: SnapshotSource;
  /** `false` marks a blob that is no text. */
  readonly #texts = new LRUCache<string, { text: string | false }>({
    maxSize: CACHED_TEXT,
    sizeCalculation: ({ text }) => (text ? text.length * 2 : 0) + 64,
  });
  readonly #snapshots = new LRUCache<string, Promise<ReadSnapshot>>({
    max: CACHED_SNAPSHOTS,
  });

  constructor(url: string, source: SnapshotSource) {
    this.#url = url;
    this.#source = source;
  }

  read(commitSha: string): Promise<ReadSnapshot> {
    const known = this.#snapshots.get(commitSha);
    if (known) return known;
    const reading = this.#read(commitSha);
    this.#snapshots.set(commitSha, reading);
    // A failure is not kept: the next caller asks again.
    reading.catch(() => this.#snapshots.delete(commitSha));
    return reading;
  }

  async #read(commitSha: string): Promise<ReadSnapshot> {
    const tree = await this.#source.tree(commitSha);
    const candidates = tree.filter(file => file.size <= LARGEST_FILE);
    const texts = new Map<string, string | false>();
    for (const { sha } of candidates) {
      const cached = this.#texts.get(sha);
      if (cached) texts.set(sha, cached.text);
    }
    const keep = (sha: string, bytes: Buffer) => {
      const text = decodeText(bytes) ?? false;
      texts.set(sha, text);
      this.#texts.set(sha, { text });
    };
    const missing = () => {
      const files = new Map<string, TreeFile>();
      for (const file of candidates) {
        if (!texts.has(file.sha)) files.set(file.sha, file);
      }
      return [...files.values()];
    };

    const absent = missing();
    const bytes = tree.reduce((sum, file) => sum + file.size, 0);
    if (absent.length > FEW_BLOBS && bytes <= LARGEST_ARCHIVE) {
      const archive = await this.#source.archive(commitSha);
      if (archive) {
        const paths = new Map(absent.map(file => [file.path, file.sha]));
        for (const [path, content] of await readArchive(
          archive,
          new Set(paths.keys()),
        )) {
          // Attributes (export-subst, export-ignore, eol) may make an archive differ from what is committed.
          const sha = paths.get(path)!;
          if (gitBlobSha(content) === sha) keep(sha, content);
        }
      }
    }
    const limit = pLimit(8);
    await Promise.all(
      missing().map(file =>
        limit(async () => keep(file.sha, await this.#source.blob(file.sha))),
      ),
    );

    const files = new Map<string, string>();
    for (const { path, sha } of candidates) {
      const text = texts.get(sha);
      if (typeof text === 'string') files.set(path, text);
    }
    return {
      url: this.#url,
      sha: commitSha,
      files,
      tree: new Map(tree.map(file => [file.path, file])),
    };
  }
}
