import { isMap, isScalar, Scalar } from 'yaml';
import {
  describePath,
  locateExisting,
  startOfLocation,
  YamlPath,
} from './locate';
import { isMergedIn, isMergeKey } from './mergeKeys';
import { refuseComplexKeys } from './blockMaps';
import { STYLES } from './setScalar';
import {
  parseSource,
  refusal,
  selectDocument,
  YamlEditOptions,
} from './source';
import { applyVerified } from './splice';
import { treeOfScalar } from './tree';
import { writeKey } from './write';

/**
 * Gives the key at the end of `path` another name. Its place, its value, its comments and its quotes stay.
 *
 * @returns the new text; the same text where the key has that name already
 * @throws {@link YamlEditError} where there is no such key, where the map has the new one, or where that cannot be done
 * without touching anything else
 * @public
 */
export function renameKey(
  text: string,
  path: YamlPath,
  key: string,
  options: YamlEditOptions = {},
): string {
  const source = parseSource(text, options.file);
  const document = selectDocument(source, options);
  const location = locateExisting(source, document, path, 'rename');
  const { parent, pair } = location;
  const refuse = (
    reason: 'not-a-map' | 'merge-key' | 'exists' | 'anchor',
    message: string,
    advice: string,
  ) => refusal(source, startOfLocation(location), reason, message, advice);
  if (!pair || !isMap(parent)) {
    throw refuse(
      'not-a-map',
      `\`${describePath(path)}\` is not a key of a map`,
      'Check the path.',
    );
  }
  const old = pair.key as Scalar;
  if (String(old.value ?? '') === key) return text;
  if (isMergeKey(pair) || isMergedIn(document, parent, String(old.value))) {
    throw refuse(
      'merge-key',
      `\`${describePath(path)}\` would still come from a merge key (\`<<\`)`,
      'Write the entries of the merge key out first.',
    );
  }
  if (
    parent.items.some(
      item => isScalar(item.key) && String(item.key.value ?? '') === key,
    )
  ) {
    throw refuse(
      'exists',
      `has \`${describePath([...path.slice(0, -1), key])}\` already`,
      'Remove one of them first.',
    );
  }
  if (!parent.flow) refuseComplexKeys(source, [pair]);
  if (old.anchor !== undefined || old.tag !== undefined) {
    throw refuse(
      'anchor',
      `\`${describePath(path)}\` has an anchor or a tag on its key`,
      'Edit it by hand.',
    );
  }
  const index = parent.items.indexOf(pair);
  const [start, end] = old.range!;
  const splice = {
    start,
    end,
    text: writeKey(key, STYLES[old.type ?? 'PLAIN'] ?? 'double'),
  };
  return applyVerified(source, [splice], {
    document: options.document ?? 0,
    positions: location.positions.slice(0, -1),
    change: tree =>
      'map' in tree
        ? {
            ...tree,
            map: tree.map.map(([name, value], at) =>
              at === index ? [treeOfScalar(key), value] : [name, value],
            ),
          }
        : tree,
  });
}
