import { isSeq } from 'yaml';
import { isBlank } from './blankDocument';
import { insertListItem } from './insertListItem';
import { appendListItem } from './listItems';
import { describePath, locate, YamlPath } from './locate';
import { setMapEntry } from './mapEntries';
import { removeKey } from './removeKey';
import { removeListItem } from './removeListItem';
import { renameKey } from './renameKey';
import type { YamlValue } from './scalars';
import { setValue } from './setValue';
import {
  parseSource,
  refusal,
  selectDocument,
  YamlEditOptions,
} from './source';

interface EditTarget {
  path: YamlPath;
  /** Document in a multi-document file, counted from 0. Default 0. */
  document?: number;
}

/**
 * One edit of a YAML or JSON file.
 *
 * - `set` replaces the value at `path`, which must exist.
 * - `add` puts a new `key` into the map at `path`; maps on the way that do not exist are created.
 * - `remove` takes the key or the list item at `path` away; a key that does not exist is no error.
 * - `rename` gives the key at the end of `path` the name `key`.
 * - `append` adds an item to the list at `path`; a list that does not exist is created.
 * - `insert` adds an item in front of the one that has `index` now.
 *
 * @public
 */
export type YamlEdit = EditTarget &
  (
    | { op: 'set'; value: YamlValue }
    | { op: 'add'; key: string; value: YamlValue }
    | { op: 'remove' }
    | { op: 'rename'; key: string }
    | { op: 'append'; value: YamlValue }
    | { op: 'insert'; index: number; value: YamlValue }
  );

/**
 * Applies edits one after the other, each to what the one before it left.
 *
 * @returns the new text
 * @throws {@link YamlEditError} for the first edit that cannot be made without touching anything else; none is made then
 * @public
 */
export function applyYamlEdits(
  text: string,
  edits: readonly YamlEdit[],
  options: Pick<YamlEditOptions, 'file'> = {},
): string {
  return edits.reduce(
    (current, edit) =>
      applyEdit(current, edit, { ...options, document: edit.document }),
    text,
  );
}

function applyEdit(
  text: string,
  edit: YamlEdit,
  options: YamlEditOptions,
): string {
  const { path } = edit;
  switch (edit.op) {
    case 'set':
      return setValue(text, path, edit.value, options);
    case 'add':
      refuseExisting(text, [...path, edit.key], options);
      return setMapEntry(text, path, edit.key, edit.value, options);
    case 'remove':
      return isListItem(text, path, options)
        ? removeListItem(text, path, options)
        : removeKey(text, path, options);
    case 'rename':
      return renameKey(text, path, edit.key, options);
    case 'append':
      return appendListItem(text, path, edit.value, options);
    default:
      return insertListItem(text, path, edit.index, edit.value, options);
  }
}

function find(text: string, path: YamlPath, options: YamlEditOptions) {
  const source = parseSource(text, options.file);
  if (isBlank(source, options)) return undefined;
  return {
    source,
    location: locate(source, selectDocument(source, options), path),
  };
}

function refuseExisting(
  text: string,
  path: YamlPath,
  options: YamlEditOptions,
): void {
  const found = find(text, path, options);
  if (!found || found.location.missing.length > 0) return;
  const { source, location } = found;
  const key = location.pair?.key as { range?: number[] } | undefined;
  throw refusal(
    source,
    key?.range?.[0] ?? 0,
    'exists',
    `has \`${describePath(path)}\` already`,
    'Set it, or remove it first.',
  );
}

function isListItem(
  text: string,
  path: YamlPath,
  options: YamlEditOptions,
): boolean {
  const location = find(text, path.slice(0, -1), options)?.location;
  return location?.missing.length === 0 && isSeq(location.node);
}
