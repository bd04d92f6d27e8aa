import {
  evaluate,
  isSupported,
  JqError,
  type Located,
  type Path,
} from './evaluate';
import { notSupported, parseJq } from './parse';

/**
 * Prepares the removal of what a jq path expression selects, jq's `del(EXPRESSION)`. Where jq would fail on a value,
 * nothing is removed from it.
 *
 * @throws NotEvaluableError for expressions beyond the supported part of jq
 */
export function compileJqDelete(expression: string): (root: any) => void {
  const node = parseJq(expression);
  if (!isSupported(node)) {
    throw notSupported(expression);
  }
  return root => {
    let paths: Path[];
    try {
      paths = [...evaluate(node, { path: [], value: root })].map(requirePath);
    } catch (error) {
      if (error instanceof JqError) {
        return;
      }
      throw error;
    }
    // Later list items first, so that the indexes of earlier ones stay right.
    paths.sort(comparePaths).reverse();
    paths
      .filter(
        (path, index) =>
          index === 0 || comparePaths(path, paths[index - 1]) !== 0,
      )
      .forEach(path => removePath(root, path));
  };
}

function requirePath({ path }: Located): Path {
  if (!path) {
    throw new JqError('no path');
  }
  return path;
}

function comparePaths(a: Path, b: Path): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    if (a[index] !== b[index]) {
      return a[index] < b[index] ? -1 : 1;
    }
  }
  return a.length - b.length;
}

/** Removes what is at a path, where it is there. */
export function removePath(root: any, path: Path): void {
  const last = path[path.length - 1];
  let parent = root;
  for (const key of path.slice(0, -1)) {
    parent = typeof parent === 'object' && parent !== null ? parent[key] : null;
  }
  if (typeof parent !== 'object' || parent === null || last === undefined) {
    return;
  }
  if (!Array.isArray(parent)) {
    delete parent[last];
  } else if (Number(last) < parent.length) {
    parent.splice(Number(last), 1);
  }
}
