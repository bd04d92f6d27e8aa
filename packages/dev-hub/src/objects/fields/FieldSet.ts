/**
 * Steps from the root of an object to a field, as `managedFields` writes them: `f:spec`, `k:{"uid":"…"}` for an item of a
 * list with a key, `v:"…"` for a value of a set.
 */
export type FieldPath = readonly string[];

/** A set of fields. */
export class FieldSet {
  private readonly paths: Map<string, FieldPath>;

  constructor(paths: Iterable<FieldPath> = []) {
    this.paths = new Map([...paths].map(path => [JSON.stringify(path), path]));
  }

  get size(): number {
    return this.paths.size;
  }

  has(path: FieldPath): boolean {
    return this.paths.has(JSON.stringify(path));
  }

  [Symbol.iterator](): Iterator<FieldPath> {
    return this.paths.values();
  }

  union(other: FieldSet): FieldSet {
    return new FieldSet([...this, ...other]);
  }

  without(other: FieldSet): FieldSet {
    return new FieldSet([...this].filter(path => !other.has(path)));
  }

  intersection(other: FieldSet): FieldSet {
    return new FieldSet([...this].filter(path => other.has(path)));
  }

  equals(other: FieldSet): boolean {
    return this.size === other.size && this.without(other).size === 0;
  }
}

/** Reads `fieldsV1`. */
export function decodeFields(fields: any): FieldSet {
  const paths: FieldPath[] = [];
  const walk = (node: any, path: FieldPath) => {
    const keys = Object.keys(node);
    if (path.length > 0 && (keys.length === 0 || '.' in node)) paths.push(path);
    for (const key of keys) if (key !== '.') walk(node[key], [...path, key]);
  };
  walk(fields ?? {}, []);
  return new FieldSet(paths);
}

/** Writes `fieldsV1`: nested records, with `.` for a record or item that is in the set itself beside its fields. */
export function encodeFields(set: FieldSet): Record<string, any> {
  const root: Record<string, any> = {};
  const paths = [...set].sort((a, b) => a.length - b.length);
  for (const path of paths) {
    let node = root;
    path.forEach((step, index) => {
      const parent = path.slice(0, index);
      if (index > 0 && set.has(parent)) node['.'] = {};
      node[step] ??= {};
      node = node[step];
    });
  }
  return root;
}

/** A field as messages write it: `.metadata.labels.one`. Source: structured-merge-diff `fieldpath/element.go`. */
export function printField(path: FieldPath): string {
  return path
    .map(step => {
      const value = step.slice(2);
      if (step.startsWith('f:')) return `.${value}`;
      if (step.startsWith('v:')) return `[=${value}]`;
      const keys = Object.entries(JSON.parse(value)).map(
        ([name, key]) => `${name}=${JSON.stringify(key)}`,
      );
      return `[${keys.join(',')}]`;
    })
    .join('');
}
