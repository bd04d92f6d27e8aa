import { lineBreakAt, lineStart } from './positions';
import type { YamlValue } from './scalars';
import { doubleQuoted } from './scalars';

/** How a JSON file is written. */
export interface JsonStyle {
  /** What one level of nesting is indented by; empty where all is on one line. */
  indent: string;
  /** Indentation of the line that a value begins on. */
  base: string;
  colon: string;
  comma: string;
  lineBreak: string;
}

/**
 * Whether a text is JSON, so that it must stay so: YAML in braces may leave quotes out.
 *
 * @param file - its name tells empty braces of YAML from those of JSON
 */
export function isJsonText(text: string, file?: string): boolean {
  if (!/^\ufeff?\s*[[{]/.test(text)) return false;
  if (/\.ya?ml$/.test(file ?? '') && /^\ufeff?\s*[[{]\s*[\]}]\s*$/.test(text))
    return false;
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return true;
  } catch {
    return false;
  }
}

/** Reads how a JSON text is written, for a value on the line of an offset. */
export function jsonStyleAt(text: string, offset: number): JsonStyle {
  const indent = /[\r\n]([ \t]+)\S/.exec(text)?.[1];
  const start = lineStart(text, offset);
  const base = /^[ \t]*/.exec(text.slice(start, offset))![0];
  const colon = /"(?:[^"\\]|\\.)*"(\s*:[ \t]*)/.exec(text)?.[1] ?? ': ';
  return {
    indent: indent ?? '',
    base,
    colon,
    comma: indent === undefined && colon === ':' ? ',' : ', ',
    lineBreak: lineBreakAt(text, offset),
  };
}

export function writeJson(value: YamlValue, style: JsonStyle): string {
  if (typeof value === 'string') return doubleQuoted(value);
  if (value === null || typeof value !== 'object') return String(value);
  const inner = { ...style, base: style.base + style.indent };
  const entries = Array.isArray(value)
    ? value.map(item => writeJson(item, inner))
    : Object.entries(value).map(
        ([key, item]) =>
          `${doubleQuoted(key)}${style.colon}${writeJson(item, inner)}`,
      );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (entries.length === 0) return `${open}${close}`;
  if (style.indent === '') return `${open}${entries.join(style.comma)}${close}`;
  const { lineBreak, base } = style;
  return `${open}${entries
    .map(entry => `${lineBreak}${inner.base}${entry}`)
    .join(',')}${lineBreak}${base}${close}`;
}
