import {
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  parseAllDocuments,
} from 'yaml';
import type { YamlEdit, YamlValue } from '../yaml';

/** Where an edit of a sweep is. */
export interface EditTarget {
  /** Index of the target in each collection on the way. */
  positions: number[];
  /** Offsets of the target with its key. */
  range: [start: number, end: number];
}

/** What a document says to a reader: maps as pairs in their order, scalars with their type, aliases resolved. */
type Content =
  | string
  | { list: Content[] }
  | { map: Array<[Content, Content]> };

interface EditCheck {
  text: string;
  output: string;
  edit: YamlEdit;
  target: EditTarget;
}

/**
 * Proves an edit without the means that made it.
 *
 * @returns what is wrong; `undefined` for nothing
 */
export function checkEdit(check: EditCheck): string | undefined {
  return (
    checkContent(check) ??
    checkComments(check) ??
    checkLines(check) ??
    checkLineBreaks(check)
  );
}

function checkContent({ text, output, edit, target }: EditCheck) {
  for (const version of ['1.2', '1.1'] as const) {
    const before = contentsBefore(text, version);
    if (typeof before === 'string') continue;
    const after = contentsOf(output, version);
    if (typeof after === 'string')
      return `YAML ${version} cannot read it: ${after}`;
    const expected = before.map((content, index) =>
      index === (edit.document ?? 0)
        ? withEdit(content, edit, target.positions)
        : content,
    );
    const wanted = JSON.stringify(expected);
    const got = JSON.stringify(after);
    if (wanted !== got)
      return `YAML ${version} reads ${excerpt(got, wanted)} for ${excerpt(
        wanted,
        got,
      )}`;
  }
  return undefined;
}

/** The same text is asked for again with each edit of it. */
const read = new Map<string, Content[] | string>();

function contentsBefore(text: string, version: '1.1' | '1.2') {
  const key = `${version}${text}`;
  const known = read.get(key);
  if (known) return known;
  if (read.size >= 2) read.clear();
  const contents = contentsOf(text, version);
  read.set(key, contents);
  return contents;
}

/** What is around the first difference. */
function excerpt(text: string, other: string): string {
  let index = 0;
  while (index < text.length && text[index] === other[index]) index++;
  return text.slice(Math.max(0, index - 40), index + 60);
}

function contentsOf(text: string, version: '1.1' | '1.2'): Content[] | string {
  const parsed = parseAllDocuments(text, {
    version,
    merge: false,
    uniqueKeys: false,
    intAsBigInt: true,
    prettyErrors: false,
  });
  const documents = 'empty' in parsed ? [] : parsed;
  const error = documents.flatMap(({ errors }) => errors)[0];
  if (error) return error.message;
  return documents.map(document => contentOf(document.contents, document));
}

function contentOf(node: unknown, document: Document): Content {
  if (isAlias(node)) return contentOf(node.resolve(document), document);
  if (isMap(node)) {
    return {
      map: node.items.map(({ key, value }) => [
        contentOf(key, document),
        contentOf(value, document),
      ]),
    };
  }
  if (isSeq(node))
    return { list: node.items.map(item => contentOf(item, document)) };
  return contentOfValue((isScalar(node) ? node.value : undefined) ?? null);
}

function contentOfValue(value: unknown): Content {
  if (Array.isArray(value)) return { list: value.map(contentOfValue) };
  if (value instanceof Date) return `date ${value.toISOString()}`;
  if (value instanceof Uint8Array) return `bytes ${value.join()}`;
  // A merge key of YAML 1.1.
  if (typeof value === 'symbol') return `string ${value.description}`;
  if (value !== null && typeof value === 'object') {
    return {
      map: Object.entries(value).map(([key, item]) => [
        contentOfValue(key),
        contentOfValue(item),
      ]),
    };
  }
  const type = typeof value === 'bigint' ? 'number' : typeof value;
  return `${type} ${value}`;
}

function withEdit(
  content: Content,
  edit: YamlEdit,
  positions: number[],
): Content {
  const inner = edit.op === 'remove' || edit.op === 'rename';
  const way = inner ? positions.slice(0, -1) : positions;
  const last = positions[positions.length - 1];
  return changeAt(content, way, found => changed(found, edit, last));
}

function changed(content: Content, edit: YamlEdit, position: number): Content {
  const entries: any[] | undefined =
    typeof content === 'string'
      ? undefined
      : 'map' in content
      ? [...content.map]
      : [...content.list];
  const as = (items: any[]): Content =>
    typeof content !== 'string' && 'map' in content
      ? { map: items }
      : { list: items };
  switch (edit.op) {
    case 'set':
      return contentOfValue(edit.value);
    case 'add':
      return {
        map: [
          ...(entries ?? []),
          [contentOfValue(edit.key), contentOfValue(edit.value as YamlValue)],
        ],
      };
    case 'remove':
      return as(entries!.toSpliced(position, 1));
    case 'rename':
      return as(
        entries!.map((entry, index) =>
          index === position ? [contentOfValue(edit.key), entry[1]] : entry,
        ),
      );
    case 'append':
      return as([...entries!, contentOfValue(edit.value)]);
    default:
      return as(entries!.toSpliced(edit.index, 0, contentOfValue(edit.value)));
  }
}

function changeAt(
  content: Content,
  [position, ...rest]: number[],
  change: (content: Content) => Content,
): Content {
  if (position === undefined) return change(content);
  if (typeof content === 'string') return content;
  if ('map' in content) {
    return {
      map: content.map.map(([key, value], index) =>
        index === position
          ? [key, changeAt(value, rest, change)]
          : [key, value],
      ),
    };
  }
  return {
    list: content.list.map((item, index) =>
      index === position ? changeAt(item, rest, change) : item,
    ),
  };
}

/** All comments of a text with the offsets where they begin. */
function commentsOf(text: string): Array<{ comment: string; offset: number }> {
  const found: Array<{ comment: string; offset: number }> = [];
  let offset = 0;
  let isScalarText = false;
  for (const token of new Lexer().lex(text)) {
    // Control characters announce what comes and are no part of the text.
    if (/^[\u0002\u0018\u001f]$/.test(token)) {
      isScalarText = token === '\u001f';
      continue;
    }
    if (token.startsWith('#') && !isScalarText)
      found.push({ comment: token.trimEnd(), offset });
    isScalarText = false;
    offset += token.length;
  }
  return found;
}

function checkComments({ text, output, edit, target }: EditCheck) {
  const after = commentsOf(output).map(({ comment }) => comment);
  let position = 0;
  for (const { comment, offset } of commentsOf(text)) {
    if (after[position] === comment) {
      position++;
      continue;
    }
    const isOwn =
      offset >= target.range[0] &&
      lineOf(text, offset) <= lineOf(text, target.range[1]);
    if (edit.op !== 'remove' || !isOwn) return `the comment ${comment} is lost`;
  }
  return position < after.length
    ? `the comment ${after[position]} appears`
    : undefined;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

function checkLines({ text, output, edit, target }: EditCheck) {
  const before = text.split('\n');
  const after = output.split('\n');
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < shorter - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++;
  const first = lineOf(text, target.range[0]);
  let last = lineOf(text, Math.max(target.range[0], target.range[1] - 1));
  const isBlank = (line: string | undefined) => line?.trim() === '';
  if (edit.op === 'remove') {
    // What comes next may move behind a dash; blank lines beside may go.
    last++;
    while (last < before.length - 1 && isBlank(before[last])) last++;
  }
  const changedLines = before
    .map((line, index) => ({ line, index }))
    .slice(head, before.length - tail)
    .filter(
      ({ line, index }) => !isBlank(line) && (index < first || index > last),
    );
  // The line above may get a `[]`, the last of a file a line break.
  const allowed = edit.op === 'set' || edit.op === 'rename' ? 0 : 1;
  return changedLines.length > allowed
    ? `line ${changedLines[0].index + 1} changes too: ${changedLines[0].line}`
    : undefined;
}

function checkLineBreaks({ text, output }: EditCheck) {
  if (text.startsWith('\ufeff') !== output.startsWith('\ufeff'))
    return 'the byte order mark changes';
  if (/\n$/.test(text) !== /\n$/.test(output))
    return 'the line break at the end changes';
  const hasCrlf = /\r\n/.test(text);
  const hasLf = /(^|[^\r])\n/.test(text);
  if (!hasCrlf && /\r\n/.test(output)) return 'a CRLF appears';
  if (hasCrlf && !hasLf && /(^|[^\r])\n/.test(output)) return 'an LF appears';
  return undefined;
}
