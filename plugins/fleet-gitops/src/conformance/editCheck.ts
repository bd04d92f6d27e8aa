import type { YamlEdit } from '../yaml';
import {
  Content,
  contentOfValue,
  isUnreadable,
  Reading,
  readYaml,
  YAML_VERSIONS,
} from './editReading';

/** Where an edit of a sweep is. */
export interface EditTarget {
  /** Index of the target in each collection on the way. */
  positions: number[];
  /** Offsets of the target with its key. */
  range: [start: number, end: number];
}

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
  const before = readBefore(check.text);
  const after = readYaml(check.output);
  return (
    checkContent(check, before, after) ??
    checkComments(check, before, after) ??
    checkLines(check) ??
    checkLineBreaks(check)
  );
}

/** A text is asked for again with each edit of it. */
let recent: { text: string; reading: Reading } | undefined;

function readBefore(text: string): Reading {
  if (recent?.text !== text) recent = { text, reading: readYaml(text) };
  return recent.reading;
}

function checkContent(
  { edit, target }: EditCheck,
  before: Reading,
  after: Reading,
): string | undefined {
  for (const version of YAML_VERSIONS) {
    const old = before.contents[version];
    const now = after.contents[version];
    const position = edit.document ?? 0;
    if (isUnreadable(old[position])) continue;
    const written = now[position];
    if (isUnreadable(written))
      return `YAML ${version} cannot read it: ${written.unreadable}`;
    const expected = old.map((content, index) =>
      index === position ? withEdit(content, edit, target.positions) : content,
    );
    const wanted = JSON.stringify(expected);
    const got = JSON.stringify(now);
    if (wanted !== got)
      return `YAML ${version} reads ${excerpt(got, wanted)} for ${excerpt(
        wanted,
        got,
      )}`;
  }
  return undefined;
}

/** What is around the first difference. */
function excerpt(text: string, other: string): string {
  let index = 0;
  while (index < text.length && text[index] === other[index]) index++;
  return text.slice(Math.max(0, index - 40), index + 60);
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
  if (edit.op === 'set') return contentOfValue(edit.value);
  // What is nothing becomes a map or a list with the first entry.
  const list = typeof content !== 'string' && 'list' in content;
  const entries: unknown[] = entriesOf(content);
  const changedEntries = changeEntries(entries, edit, position);
  return list || edit.op === 'append' || edit.op === 'insert'
    ? { list: changedEntries as Content[] }
    : { map: changedEntries as Array<[Content, Content]> };
}

function entriesOf(content: Content): unknown[] {
  if (typeof content === 'string' || isUnreadable(content)) return [];
  return 'map' in content ? content.map : content.list;
}

function changeEntries(
  entries: unknown[],
  edit: YamlEdit,
  position: number,
): unknown[] {
  switch (edit.op) {
    case 'add':
      return [
        ...entries,
        [contentOfValue(edit.key), contentOfValue(edit.value)],
      ];
    case 'remove':
      return entries.toSpliced(position, 1);
    case 'rename':
      return entries.map((entry, index) =>
        index === position
          ? [contentOfValue(edit.key), (entry as unknown[])[1]]
          : entry,
      );
    case 'append':
      return [...entries, contentOfValue(edit.value)];
    case 'insert':
      return entries.toSpliced(edit.index, 0, contentOfValue(edit.value));
    default:
      return entries;
  }
}

function changeAt(
  content: Content,
  [position, ...rest]: number[],
  change: (content: Content) => Content,
): Content {
  if (position === undefined) return change(content);
  if (typeof content === 'string' || isUnreadable(content)) return content;
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

/** No comment appears, and only those of what is removed go. */
function checkComments(
  { text, edit, target }: EditCheck,
  before: Reading,
  after: Reading,
): string | undefined {
  const [start, end] = target.range;
  const isOwn = (offset: number) =>
    edit.op === 'remove' &&
    offset >= start &&
    lineOf(text, offset) <= lineOf(text, end);
  const old = before.comments.map(comment => comment.text);
  const now = after.comments.map(comment => comment.text);
  const kept = before.comments
    .filter(({ offset }) => !isOwn(offset))
    .map(comment => comment.text);
  const lost = firstMissing(kept, now);
  if (lost !== undefined) return `the comment ${lost} is lost`;
  const added = firstMissing(now, old);
  return added === undefined ? undefined : `the comment ${added} appears`;
}

/** The first of some texts that others do not have in the same order. */
function firstMissing(texts: string[], others: string[]): string | undefined {
  let position = 0;
  return texts.find(text => {
    position = others.indexOf(text, position) + 1;
    return position === 0;
  });
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

/**
 * The lines above and below the target stay. Blank lines may come and go beside an entry; one line above may get a `[]`, one
 * below move behind a dash or get a line break.
 */
function checkLines({ text, output, edit, target }: EditCheck) {
  const before = text.split('\n');
  const first = lineOf(text, target.range[0]);
  const last = lineOf(text, Math.max(target.range[0], target.range[1] - 1));
  const kept = output.split('\n').filter(isFilled);
  const above = before.slice(0, first).filter(isFilled);
  const below = before.slice(last + 1).filter(isFilled);
  const changedLines = [
    ...above.filter((line, index) => line !== kept[index]),
    ...below.filter(
      (line, index) => line !== kept[kept.length - below.length + index],
    ),
  ];
  const allowed = edit.op === 'set' || edit.op === 'rename' ? 0 : 1;
  return changedLines.length > allowed
    ? `another line changes too: ${changedLines[0]}`
    : undefined;
}

function isFilled(line: string): boolean {
  return line.trim() !== '';
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
