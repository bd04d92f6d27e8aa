import { FunctionError } from '../errors';
import { formatFloat } from '../fmt/decimal';
import { normalizeBytes } from '../values/goString';
import { sortedKeys } from '../values/order';
import {
  GoInteger,
  GoObject,
  Value,
  isNilCollection,
  mapEntries,
  sliceItems,
} from '../values/types';

const ESCAPES: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function escapeCharacter(char: string): string {
  return (
    ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  );
}

/** A byte that is no UTF-8 becomes the six characters \\ufffd. */
function encodeString(text: string, escapeHtml: boolean): string {
  const escaped = normalizeBytes(text).replace(
    escapeHtml ? /["\\\p{Cc}<>&\u2028\u2029]/gu : /["\\\p{Cc}\u2028\u2029]/gu,
    // Of the control characters, JSON escapes those below the space.
    char => (char >= '\x7f' && char <= '\x9f' ? char : escapeCharacter(char)),
  );
  return `"${escaped.replace(/[\uD800-\uDFFF]/gu, '\\ufffd')}"`;
}

/** encoding/json's float format: exponents below 1e-6 and from 1e21. */
function encodeFloat(value: number): string {
  if (!Number.isFinite(value)) {
    throw new FunctionError(
      `json: unsupported value: ${formatFloat(value, 'g', -1)}`,
    );
  }
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-6 || magnitude >= 1e21)) {
    return formatFloat(value, 'e', -1).replace(/e-0(\d)$/, 'e-$1');
  }
  return formatFloat(value, 'f', -1);
}

/**
 * encoding/json's Marshal.
 *
 * @throws FunctionError for values JSON cannot hold
 */
export function encodeJson(value: Value, escapeHtml = true): string {
  switch (typeof value) {
    case 'string':
      return encodeString(value, escapeHtml);
    case 'number':
      return encodeFloat(value);
    case 'boolean':
      return String(value);
    default:
  }
  if (value === undefined || value === null) {
    return 'null';
  }
  if (value instanceof GoInteger) {
    return value.value.toString();
  }
  if (value instanceof GoObject) {
    const fields = value.jsonFields();
    return fields
      ? encodeEntries(fields, Object.keys(fields), escapeHtml)
      : encodeJson(value.toGoJson(), escapeHtml);
  }
  if (isNilCollection(value)) {
    return 'null';
  }
  const items = sliceItems(value);
  if (items) {
    return `[${items.map(item => encodeJson(item, escapeHtml)).join(',')}]`;
  }
  const entries = mapEntries(value)!;
  return encodeEntries(entries, sortedKeys(entries), escapeHtml);
}

function encodeEntries(
  entries: Readonly<Record<string, Value>>,
  keys: readonly string[],
  escapeHtml: boolean,
): string {
  const members = keys.map(
    key =>
      `${encodeString(key, escapeHtml)}:${encodeJson(
        entries[key],
        escapeHtml,
      )}`,
  );
  return `{${members.join(',')}}`;
}

/** encoding/json's Indent with two spaces. */
export function indentJson(json: string): string {
  let out = '';
  let depth = 0;
  let inString = false;
  for (let index = 0; index < json.length; index++) {
    const char = json[index];
    if (inString) {
      out += char;
      if (char === '\\') {
        out += json[++index];
      } else if (char === '"') {
        inString = false;
      }
      continue;
    }
    switch (char) {
      case '"':
        inString = true;
        out += char;
        break;
      case '{':
      case '[':
        if (json[index + 1] === '}' || json[index + 1] === ']') {
          out += char + json[++index];
        } else {
          depth++;
          out += `${char}\n${'  '.repeat(depth)}`;
        }
        break;
      case '}':
      case ']':
        depth--;
        out += `\n${'  '.repeat(depth)}${char}`;
        break;
      case ',':
        out += `,\n${'  '.repeat(depth)}`;
        break;
      case ':':
        out += ': ';
        break;
      default:
        out += char;
    }
  }
  return out;
}
