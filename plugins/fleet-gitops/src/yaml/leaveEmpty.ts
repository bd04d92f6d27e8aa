import type { Location } from './locate';
import {
  endAbove,
  itemPrefixEnd,
  itemToken,
  lineStart,
  nextLine,
} from './positions';
import type { Splice } from './splice';

/**
 * The only entry of a block map or list goes; `{}` or `[]` takes its place, beside the key of the collection where that has
 * one, so that the collection stays what it is.
 *
 * @param entry - offsets of the entry, from its key or dash on
 * @param location - of the collection
 */
export function leaveEmpty(
  text: string,
  entry: { start: number; end: number },
  brackets: '{}' | '[]',
  { pair, parent, positions }: Location,
): Splice[] {
  const { start, end } = entry;
  const inPlace = [{ start, end, text: brackets }];
  const line = lineStart(text, start);
  if (!pair || !parent || text.slice(line, start).trim() !== '') return inPlace;
  const token = itemToken(parent, positions[positions.length - 1]);
  const colon = itemPrefixEnd(token.sep ?? [], -1);
  if (colon < 0 || colon > line) return inPlace;
  const below =
    end > start + 1 && text[end - 1] === '\n' ? end : nextLine(text, end);
  const isLastLine = below === text.length && !text.endsWith('\n');
  return [
    { start: colon, end: colon, text: ` ${brackets}` },
    isLastLine
      ? { start: endAbove(text, line), end: below, text: '' }
      : { start: line, end: below, text: '' },
  ];
}
