/** Files and the directories they make up, by absolute path. */
export class FileTree {
  private readonly directories = new Map<string, Map<string, EntryKind>>();

  constructor(files: Iterable<string>) {
    for (const file of files) {
      this.add(file, 'file');
    }
  }

  kind(path: string): EntryKind | undefined {
    if (this.directories.has(path)) {
      return 'directory';
    }
    const slash = path.lastIndexOf('/');
    return this.directories
      .get(path.slice(0, slash) || '/')
      ?.get(path.slice(slash + 1));
  }

  /** The entries of a directory, sorted by name; none for what is no directory. */
  entries(path: string): Array<{ name: string; kind: EntryKind }> {
    return Array.from(this.directories.get(path) ?? [], ([name, kind]) => ({
      name,
      kind,
    })).sort((a, b) => comparePaths(a.name, b.name));
  }

  private add(path: string, kind: EntryKind): void {
    const slash = path.lastIndexOf('/');
    const parent = path.slice(0, slash) || '/';
    let siblings = this.directories.get(parent);
    if (!siblings) {
      siblings = new Map();
      this.directories.set(parent, siblings);
      if (parent !== '/') {
        this.add(parent, 'directory');
      }
    }
    siblings.set(path.slice(slash + 1), kind);
  }
}

export type EntryKind = 'file' | 'directory';

/** Orders by code points, which is the order of the UTF-8 bytes that Go compares. */
export function comparePaths(a: string, b: string): number {
  const left = a[Symbol.iterator]();
  const right = b[Symbol.iterator]();
  for (;;) {
    const x = left.next().value?.codePointAt(0) ?? -1;
    const y = right.next().value?.codePointAt(0) ?? -1;
    if (x !== y || x < 0) {
      return x - y;
    }
  }
}
