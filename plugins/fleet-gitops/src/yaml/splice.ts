import { isMap, isSeq } from 'yaml';
import { isJsonText } from './json';
import { parseSource, refusal, YamlSource } from './source';
import { hasTrees, replaceAt, Tree, treesOf } from './tree';
import { YamlEditError } from './YamlEditError';

/** Text that takes the place of `[start, end)`. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

export function applySplices(text: string, splices: Splice[]): string {
  let result = '';
  let position = 0;
  for (const splice of [...splices].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    result += text.slice(position, splice.start) + splice.text;
    position = splice.end;
  }
  return result + text.slice(position);
}

/**
 * Applies splices and proves the result: it parses, the documents say what they said with `change` applied at
 * `positions`, and nothing else. Bytes outside of the splices are untouched by construction.
 */
export function applyVerified(
  source: YamlSource,
  splices: Splice[],
  target: {
    document: number;
    positions: number[];
    change: (tree: Tree) => Tree;
  },
): string {
  const text = applySplices(source.text, splices);
  const at = splices[0]?.start ?? 0;
  const expected = treesOf(source).map((tree, index) =>
    index === target.document
      ? replaceAt(tree, target.positions, target.change)
      : tree,
  );
  let result: YamlSource;
  try {
    result = parseSource(text, source.file);
  } catch (error) {
    if (!(error instanceof YamlEditError)) throw error;
    throw unverified(source, at);
  }
  const isReadable = result.documents[target.document]?.errors.length === 0;
  if (
    !isReadable ||
    !hasTrees(result, expected) ||
    (source.isJson && !isJsonText(text))
  )
    throw unverified(source, at);
  return text;
}

function unverified(source: YamlSource, offset: number) {
  return refusal(
    source,
    offset,
    'unverified',
    'cannot be edited here without changing something else',
    'Edit the file by hand.',
  );
}

/** Whether a node is a collection in braces or brackets. */
export function isFlow(node: unknown): boolean {
  return (isMap(node) || isSeq(node)) && node.flow === true;
}
