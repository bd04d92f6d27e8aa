import { isScalar } from 'yaml';
import { isJsonText } from './json';
import { lineBreakAt } from './positions';
import type { YamlValue } from './scalars';
import { parseSource, refusal, YamlEditOptions, YamlSource } from './source';
import { sameTree, treeOfValue, treesOf } from './tree';
import { writeBlock } from './write';

/** Whether the document of an edit says nothing: no text, or comments and markers alone. */
export function isBlank(source: YamlSource, options: YamlEditOptions): boolean {
  const index = options.document ?? 0;
  const { documents } = source;
  if (documents.length === 0) return index === 0;
  const document = documents[index];
  const contents = document?.contents;
  return (
    document?.errors.length === 0 &&
    (!contents ||
      (isScalar(contents) &&
        contents.source === '' &&
        contents.type === 'PLAIN' &&
        contents.anchor === undefined &&
        contents.tag === undefined))
  );
}

/** Writes the first content of the last document of a file, behind its comments. */
export function fillBlankDocument(
  source: YamlSource,
  value: YamlValue,
  options: YamlEditOptions,
): string {
  const { text, documents } = source;
  const index = options.document ?? 0;
  const refuse = () =>
    refusal(
      source,
      documents[index]?.range[0] ?? 0,
      'missing',
      `has no content in document ${index + 1}`,
      'Write the first content of the document by hand.',
    );
  if (index < documents.length - 1) throw refuse();
  const lineBreak = lineBreakAt(text, text.length);
  const separator =
    text.endsWith('\n') || /^\ufeff?$/.test(text) ? '' : lineBreak;
  const written = writeBlock(value, 0, { step: 2, listStep: 2, lineBreak });
  const output = `${text}${separator}${written}${lineBreak}`;
  const expected = [...treesOf(source)];
  expected[index] = treeOfValue(value);
  if (
    isJsonText(text) ||
    !sameTree(treesOf(parseSource(output, source.file)), expected)
  )
    throw refuse();
  return output;
}
