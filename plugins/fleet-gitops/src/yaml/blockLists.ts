import type { YAMLSeq } from 'yaml';
import { contentEnd, itemPrefixEnd, itemToken } from './positions';
import { areMostlyBlank } from './write';

/** Offset of an item's dash. */
export function dashOf(list: YAMLSeq, index: number): number {
  const dash = itemToken(list, index).start.find(
    part => part.type === 'seq-item-ind',
  );
  return dash?.offset ?? list.range![0];
}

/** Offset where an item of a block list ends, without its comment and line break. */
export function itemEnd(text: string, list: YAMLSeq, index: number): number {
  return contentEnd(
    text,
    list.items[index],
    itemPrefixEnd(itemToken(list, index).start, dashOf(list, index) + 1),
  );
}

export function hasBlankLinesBetween(text: string, list: YAMLSeq): boolean {
  if (list.items.length < 2) return false;
  const gaps = list.items
    .slice(1)
    .map((_item, index) =>
      text.slice(itemEnd(text, list, index), dashOf(list, index + 1)),
    );
  return areMostlyBlank(gaps);
}
