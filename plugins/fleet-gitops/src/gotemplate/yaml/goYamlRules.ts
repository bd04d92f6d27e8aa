import { textLines } from './textLines';

/** What go-yaml's reader takes; everything else is a control character to it. */
const UNREADABLE =
  // eslint-disable-next-line no-control-regex
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** A document end where no document has begun. */
const ENDS_BEFORE_START = /^\ufeff?(?:[ ]*(?:#[^\r\n]*)?\r?\n)*\.\.\.(?:\s|$)/;

/** A line of nothing but white space with a tab, or a comment behind such. */
const TABS = /^[ ]*\t[ \t]*(?:#.*)?\r?$/m;

/**
 * What go-yaml v2 refuses and the YAML parser in use here accepts; `undefined` for a text that is fine in this respect.
 *
 * Source: `sigs.k8s.io/yaml/goyaml.v2` `readerc.go`, `scannerc.go`, `parserc.go`.
 */
export function refusedByGo(text: string): string | undefined {
  if (UNREADABLE.test(text)) return 'control characters are not allowed';
  if (ENDS_BEFORE_START.test(text)) return 'did not find expected node content';
  return TABS.test(text) && hasTabBetweenTokens(firstDocument(text))
    ? 'found character that cannot start any token'
    : undefined;
}

/** The text up to the marker behind the first document. */
function firstDocument(text: string): string {
  const start = /^\ufeff?(?:(?:[ ]*(?:#.*)?|%.*)\r?\n)*(?:---(?=\s|$))?/.exec(
    text,
  )!;
  const marker = /^(?:---|\.\.\.)(?=\s|$)/gm;
  marker.lastIndex = start[0].length;
  const end = marker.exec(text);
  return end ? text.slice(0, end.index) : text;
}

/**
 * Between the tokens of block collections a tab cannot begin a line, not even an empty one. Behind a plain scalar it can,
 * where it stands behind the indentation.
 */
function hasTabBetweenTokens(text: string): boolean {
  for (const { line, state, isAfterPlain } of textLines(text)) {
    if (state === 'tokens' && TABS.test(line)) {
      const column = line.indexOf('\t');
      if (column === 0 || !isAfterPlain) return true;
    }
  }
  return false;
}

/**
 * The part of a text that go-yaml v2 reads as its first document, where that is a block collection that does not begin at
 * the start of its line: what stands further left is no part of it any more, and is not looked at. `undefined` where all
 * of the text is.
 */
export function firstIndentedBlock(text: string): string | undefined {
  const first = /^\ufeff?(?:[ ]*(?:#[^\r\n]*)?\r?\n)*([ ]+)[^\s#[{"']/.exec(
    text,
  );
  if (!first) return undefined;
  const width = first[1].length;
  const outside = new RegExp(`\\n[ ]{0,${width - 1}}[^\\s#]`, 'g');
  outside.lastIndex = first[0].length;
  const found = outside.exec(text);
  return found ? text.slice(0, found.index + 1) : undefined;
}
