type Tree = Map<string, Tree>;

function treeOf(paths: string[]): Tree {
  const root: Tree = new Map();
  for (const path of paths) {
    let node = root;
    for (const step of path.split('.')) {
      if (!node.has(step)) node.set(step, new Map());
      node = node.get(step)!;
    }
  }
  return root;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function included(value: unknown, tree: Tree): unknown {
  if (tree.size === 0) return value;
  if (Array.isArray(value)) return value.map(item => included(item, tree));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .filter(key => tree.has(key))
      .sort()
      .map(key => [key, included(value[key], tree.get(key)!)]),
  );
}

function excluded(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map(item => excluded(item, tree));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .filter(key => !tree.has(key) || tree.get(key)!.size > 0)
      .sort()
      .map(key => [
        key,
        tree.has(key) ? excluded(value[key], tree.get(key)!) : value[key],
      ]),
  );
}

/**
 * Keeps the fields that a query asks for, or drops them where it begins with a minus sign. argocd-server drops some more
 * in that case.
 *
 * Source: Argo CD `util/grpc/json.go` and `server/application/forwarder_overwrite.go`.
 *
 * @param fields - dotted paths with commas; undefined keeps everything
 */
export function selectFields<T>(value: T, fields: string | undefined): T {
  if (!fields) return value;
  const exclude = fields.startsWith('-');
  const tree = treeOf(
    fields.split(',').map(field => field.trim().replace(/^-/, '')),
  );
  return (exclude ? excluded(value, tree) : included(value, tree)) as T;
}
