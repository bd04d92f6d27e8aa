import { Document, isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';
import { isAmbiguous, isScalarValue, YamlScalar, YamlValue } from './scalars';
import type { YamlSource } from './source';

/**
 * What a document says, independent of how it is laid out: the measure of whether an edit changed anything else.
 */
export type Tree =
  | { scalar: string; typed: boolean; anchor?: string; tag?: string }
  | { map: Array<[Tree, Tree]>; anchor?: string; tag?: string }
  | { list: Tree[]; anchor?: string; tag?: string }
  | { alias: string };

const EMPTY: Tree = { scalar: '', typed: true };

export function treeOf(node: unknown): Tree {
  if (isAlias(node)) return { alias: node.source };
  if (isPair(node)) return { map: [[treeOf(node.key), treeOf(node.value)]] };
  if (isMap(node)) {
    return {
      map: node.items.map(pair => [treeOf(pair.key), treeOf(pair.value)]),
      ...properties(node),
    };
  }
  if (isSeq(node)) {
    return { list: node.items.map(treeOf), ...properties(node) };
  }
  if (isScalar(node)) {
    const text = String(node.value ?? '');
    return {
      scalar: text,
      typed: node.type === 'PLAIN' && isAmbiguous(text),
      ...properties(node),
    };
  }
  return EMPTY;
}

function properties(node: { anchor?: string; tag?: string }) {
  return {
    ...(node.anchor === undefined ? {} : { anchor: node.anchor }),
    ...(node.tag === undefined ? {} : { tag: node.tag }),
  };
}

/** The tree that a value must have when it is read back. */
export function treeOfValue(value: YamlValue): Tree {
  if (isScalarValue(value)) return treeOfScalar(value);
  if (Array.isArray(value)) return { list: value.map(treeOfValue) };
  return {
    map: Object.entries(value).map(([key, item]) => [
      treeOfScalar(key),
      treeOfValue(item),
    ]),
  };
}

export function treeOfScalar(value: YamlScalar): Tree {
  return { scalar: String(value), typed: typeof value !== 'string' };
}

/** Replaces what `path` leads to; positions, not keys, so that it does not depend on how a path was resolved. */
export function replaceAt(
  tree: Tree,
  path: ReadonlyArray<number>,
  change: (tree: Tree) => Tree,
): Tree {
  const [position, ...rest] = path;
  if (position === undefined) return change(tree);
  if ('map' in tree) {
    return {
      ...tree,
      map: tree.map.map(([key, value], index) =>
        index === position
          ? [key, replaceAt(value, rest, change)]
          : [key, value],
      ),
    };
  }
  if ('list' in tree) {
    return {
      ...tree,
      list: tree.list.map((item, index) =>
        index === position ? replaceAt(item, rest, change) : item,
      ),
    };
  }
  return tree;
}

const trees = new WeakMap<YamlSource, Tree[]>();

export function treesOf(source: YamlSource): Tree[] {
  const known = trees.get(source) ?? readTrees(source);
  trees.set(source, known);
  return known;
}

function readTrees(source: YamlSource): Tree[] {
  return source.documents.map((document: Document) =>
    treeOf(document.contents),
  );
}

export function sameTree(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * Whether the documents of a file say what is expected. If so, these trees are kept as the file's own: the next edit begins
 * with them.
 */
export function hasTrees(source: YamlSource, expected: Tree[]): boolean {
  const { documents } = source;
  const matches =
    documents.length === expected.length &&
    documents.every((document, index) =>
      isTreeOf(document.contents, expected[index]),
    );
  if (matches) trees.set(source, expected);
  return matches;
}

/** Whether `treeOf` would make this tree of a node. */
function isTreeOf(node: unknown, tree: Tree): boolean {
  if (isMap(node)) {
    return (
      'map' in tree &&
      node.items.length === tree.map.length &&
      hasProperties(node, tree) &&
      node.items.every(
        (pair, index) =>
          isTreeOf(pair.key, tree.map[index][0]) &&
          isTreeOf(pair.value, tree.map[index][1]),
      )
    );
  }
  if (isSeq(node)) {
    return (
      'list' in tree &&
      node.items.length === tree.list.length &&
      hasProperties(node, tree) &&
      node.items.every((item, index) => isTreeOf(item, tree.list[index]))
    );
  }
  if (isScalar(node)) {
    const text = String(node.value ?? '');
    return (
      'scalar' in tree &&
      text === tree.scalar &&
      hasProperties(node, tree) &&
      tree.typed === (node.type === 'PLAIN' && isAmbiguous(text))
    );
  }
  return sameTree(treeOf(node), tree);
}

function hasProperties(
  node: { anchor?: string; tag?: string },
  tree: { anchor?: string; tag?: string },
): boolean {
  return node.anchor === tree.anchor && node.tag === tree.tag;
}
