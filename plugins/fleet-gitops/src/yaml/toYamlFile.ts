import { isSeq, visit } from 'yaml';
import { isJsonText, jsonStyleAt, writeJson } from './json';
import { isPlainSafe, QuoteStyle, YamlValue } from './scalars';
import { parseSource, YamlSource } from './source';
import { sameTree, treeOfValue, treesOf } from './tree';
import { writeBlock, WritingStyle, writingStyle } from './write';
import { YamlEditError } from './YamlEditError';

/**
 * How a new file is written.
 *
 * @public
 */
export interface YamlFileOptions {
  /** Path of the file; one that ends with `.json` is written as JSON. */
  file?: string;
  /** Text of a file beside it: its indentation, quotes, line breaks and markers are taken over. */
  like?: string;
}

interface FileStyle extends WritingStyle {
  quotes: QuoteStyle;
  /** Byte order mark and document marker. */
  start: string;
}

/**
 * Writes a new file from a value, in the style of a file beside it.
 *
 * @remarks
 * A string that some reader would take for something else (`on`, `1e3`, `0123`, a date) is quoted, so that the file says the
 * same to YAML 1.2 and to YAML 1.1, which the Go libraries of Argo CD and Helm follow in part.
 *
 * @throws YamlEditError where the value would not be read back as it is
 * @public
 */
export function toYamlFile(
  value: YamlValue,
  options: YamlFileOptions = {},
): string {
  const { file, like } = options;
  const text = isJsonFile(options)
    ? asJson(value, like)
    : asYaml(value, styleOf(like));
  const written = treesOf(parseSource(text, file));
  if (!sameTree(written, [treeOfValue(value)])) {
    throw new YamlEditError({
      file,
      line: 0,
      reason: 'unverified',
      message: 'cannot be written as it is meant',
      advice: 'Write the file by hand.',
    });
  }
  return text;
}

function isJsonFile({ file, like }: YamlFileOptions): boolean {
  if (file !== undefined) return file.endsWith('.json');
  return like !== undefined && isJsonText(like);
}

function asJson(value: YamlValue, like: string | undefined): string {
  const text =
    like !== undefined && isJsonText(like) ? like : '{\n  "a": 1\n}\n';
  const style = { ...jsonStyleAt(text, 0), base: '' };
  return `${writeJson(value, style)}${/\n$/.test(text) ? style.lineBreak : ''}`;
}

function asYaml(value: YamlValue, style: FileStyle): string {
  const { start, lineBreak, quotes } = style;
  return `${start}${writeBlock(value, 0, style, quotes)}${lineBreak}`;
}

const PLAIN: FileStyle = {
  step: 2,
  listStep: 2,
  lineBreak: '\n',
  quotes: 'plain',
  start: '',
};

/** The style of a file; of what cannot be read, the usual one. */
function styleOf(like: string | undefined): FileStyle {
  if (like === undefined) return PLAIN;
  let source: YamlSource;
  try {
    source = parseSource(like, undefined);
  } catch (error) {
    if (error instanceof YamlEditError) return PLAIN;
    throw error;
  }
  const [document] = source.documents;
  const lineBreak = /\r\n/.test(like) ? '\r\n' : '\n';
  if (!document || source.isJson) return { ...PLAIN, lineBreak };
  return {
    ...writingStyle(source, document, lineBreak),
    quotes: usualQuotes(source),
    start: `${like.startsWith('\ufeff') ? '\ufeff' : ''}${
      /^\ufeff?(?:[ \t]*(?:#.*)?\r?\n)*---[ \t]*\r?\n/.test(like)
        ? `---${lineBreak}`
        : ''
    }`,
  };
}

/** The quotes of the strings that would need none, where all of them have the same. */
function usualQuotes(source: YamlSource): QuoteStyle {
  const types = new Set<string>();
  for (const document of source.documents) {
    visit(document, {
      Scalar(key, node, path) {
        const parent = path[path.length - 1];
        const isValue = key === 'value' || isSeq(parent);
        if (!isValue) return;
        // Numbers and booleans have no quotes in any style.
        if (isPlainSafe(String(node.value)) && node.type) types.add(node.type);
      },
    });
  }
  if (types.size !== 1) return 'plain';
  if (types.has('QUOTE_DOUBLE')) return 'double';
  return types.has('QUOTE_SINGLE') ? 'single' : 'plain';
}
