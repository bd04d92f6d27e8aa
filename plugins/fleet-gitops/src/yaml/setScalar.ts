import { isAlias, isMap, isScalar, isSeq, Scalar } from 'yaml';
import { Location, locateExisting, describePath, YamlPath } from './locate';
import { itemPrefixEnd, itemToken, lineBreakAt } from './positions';
import { formatScalar, QuoteStyle, YamlScalar } from './scalars';
import {
  parseSource,
  refusal,
  selectDocument,
  YamlEditOptions,
  YamlSource,
} from './source';
import { applyVerified, Splice } from './splice';
import { Tree, treeOf, treeOfScalar } from './tree';
import { neighbourQuotes } from './write';

/**
 * Replaces the value of an existing scalar.
 *
 * @remarks
 * Quotes stay as they are where they can carry the value; a string that some YAML reader would take for a number, a
 * boolean, null or a date is written in double quotes. Comments, anchors and everything else stay.
 *
 * @returns the new text; the same text where the value is already that
 * @throws {@link YamlEditError} where the value cannot be set without touching anything else
 * @public
 */
export function setScalar(
  text: string,
  path: YamlPath,
  value: YamlScalar,
  options: YamlEditOptions = {},
): string {
  const source = parseSource(text, options.file);
  const document = selectDocument(source, options);
  const location = locateExisting(source, document, path);
  const { node } = location;
  if (isMap(node) || isSeq(node)) {
    throw refusal(
      source,
      node.range![0],
      'not-a-scalar',
      `\`${describePath(path)}\` is a ${
        isMap(node) ? 'map' : 'list'
      }, not a single value`,
      'Set one of its entries.',
    );
  }
  const before = treeOf(node);
  const wanted = treeOfScalar(value);
  if (sameScalar(before, wanted)) return text;

  const splices =
    isScalar(node) && node.srcToken
      ? replaceScalar(source, node, value, location.parent)
      : fillEmpty(source, location, value);
  return applyVerified(source, splices, {
    document: options.document ?? 0,
    positions: location.positions,
    change: tree => ({ ...tree, ...wanted }),
  });
}

function sameScalar(one: Tree, other: Tree): boolean {
  return (
    'scalar' in one &&
    'scalar' in other &&
    one.scalar === other.scalar &&
    one.typed === other.typed
  );
}

/** The quotes of a scalar that is read. */
export const STYLES: Record<string, QuoteStyle> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
};

function replaceScalar(
  source: YamlSource,
  node: Scalar,
  value: YamlScalar,
  parent: Location['parent'],
): Splice[] {
  const [start, end] = node.range!;
  refuseTypedTag(source, node, value);
  if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
    return replaceBlock(source, node, value);
  return [
    {
      start,
      end,
      text: formatScalar(
        value,
        source.isJson ? 'double' : quotesOf(node, parent),
      ),
    },
  ];
}

/** The quotes that a scalar has; of one that has none, those of its neighbours where some are needed. */
function quotesOf(node: Scalar, parent: Location['parent']): QuoteStyle {
  const own = STYLES[node.type ?? 'PLAIN'] ?? 'double';
  return own === 'plain' && parent && neighbourQuotes(parent).endsWith('single')
    ? 'plain-single'
    : own;
}

/** `!!int "5"` says its type itself; a new value under it would be read differently from what is asked. */
function refuseTypedTag(
  source: YamlSource,
  node: Scalar,
  value: YamlScalar,
): void {
  const isString =
    typeof value === 'string' && node.tag === 'tag:yaml.org,2002:str';
  if (node.tag !== undefined && !isString) {
    throw refusal(
      source,
      node.range![0],
      'tag',
      `has a value with the tag \`${node.tag}\``,
      'Remove the tag first, or edit the value by hand.',
    );
  }
}

/*
 * A block scalar becomes one quoted line, or stays a literal block where the new value has several lines. A comment in the
 * header line stays, as do blank lines below.
 */
function replaceBlock(
  source: YamlSource,
  node: Scalar,
  value: YamlScalar,
): Splice[] {
  const { text } = source;
  const [start, end] = node.range!;
  const block = text.slice(start, end);
  const header = /^[|>][^\s]*/.exec(block)![0];
  const bodyStart = block.indexOf('\n') + 1;
  const contentLength = block.trimEnd().length;
  const indent = /^ +(?=[^\s])/m.exec(block.slice(bodyStart))?.[0];

  if (
    typeof value === 'string' &&
    bodyStart > 0 &&
    indent &&
    isLiteral(value)
  ) {
    const lineBreak = lineBreakAt(text, start + bodyStart);
    const written = value
      .replace(/\n$/, '')
      .split('\n')
      .map(line => (line === '' ? '' : indent + line))
      .join(lineBreak);
    return [
      {
        start,
        end: start + header.length,
        text: value.endsWith('\n') ? '|' : '|-',
      },
      { start: start + bodyStart, end: start + contentLength, text: written },
    ];
  }
  const headerLineLength =
    bodyStart === 0
      ? contentLength
      : block.slice(0, bodyStart).trimEnd().length;
  return [
    {
      start,
      end: start + header.length,
      text: formatScalar(value, 'double'),
    },
    { start: start + headerLineLength, end: start + contentLength, text: '' },
  ];
}

/** Text that a literal block with automatic indentation can carry. */
function isLiteral(value: string): boolean {
  return (
    value.includes('\n') &&
    /^[^\s]/.test(value) &&
    !/\n\n$/.test(value) &&
    // eslint-disable-next-line no-control-regex
    !/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff]|[ ]\n|[ ]$/.test(
      value,
    )
  );
}

/** A key or list item with nothing behind its `:` or `-`. */
function fillEmpty(
  source: YamlSource,
  location: Location,
  value: YamlScalar,
): Splice[] {
  const { parent, pair, node, positions } = location;
  const at =
    (node as { range?: [number, number, number] } | undefined)?.range?.[0] ?? 0;
  if (!parent || isAlias(node)) {
    throw refusal(
      source,
      at,
      'missing',
      'has no value to replace',
      'Write the file’s first content by hand.',
    );
  }
  const item = itemToken(parent, positions[positions.length - 1]);
  const prefix = pair ? item.sep ?? [] : item.start;
  if (
    prefix.some(token => token.type === 'anchor' || token.type === 'tag') ||
    item.start.some(token => token.type === 'explicit-key-ind')
  ) {
    throw refusal(
      source,
      at,
      'tag',
      'has an anchor, tag or complex key without a value',
      'Edit it by hand.',
    );
  }
  const written = formatScalar(value, 'plain');
  const indicator = prefix.find(
    token => token.type === 'map-value-ind' || token.type === 'seq-item-ind',
  );
  if (!indicator) {
    // `{a}`: a key without a colon.
    const end = itemPrefixEnd(
      [],
      (pair?.key as Scalar | undefined)?.range?.[1] ?? at,
    );
    return [{ start: end, end, text: `: ${written}` }];
  }
  const end = indicator.offset + indicator.source.length;
  return [{ start: end, end, text: ` ${written}` }];
}
