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
