import { FunctionError } from '../gotemplate/errors';
import { formatFloat } from '../gotemplate/fmt/decimal';
import { SemverVersion } from '../gotemplate/semver/version';
import { GoTime } from '../gotemplate/time/goTime';
import { sortedKeys } from '../gotemplate/values/order';
import {
  GoInteger,
  GoMap,
  Value,
  isDict,
  mapEntries,
  sliceItems,
  typeOf,
} from '../gotemplate/values/types';

const ESCAPES: Record<string, string> = {
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

function quoted(text: string): string {
  const escaped = text.replace(/["\\\p{Cc}]/gu, char => {
    if (ESCAPES[char]) {
      return ESCAPES[char];
    }
    return char > '\x7f'
      ? char
      : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

function keyText(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : quoted(key);
}

function isTable(value: Value): boolean {
  return isDict(value) || value instanceof GoMap;
}

function isTableArray(value: Value): boolean {
  const items = sliceItems(value);
  return items !== undefined && items.length > 0 && items.every(isTable);
}

function floatText(value: number): string {
  if (Number.isNaN(value)) {
    return 'nan';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? 'inf' : '-inf';
  }
  const text = formatFloat(value, 'g', -1);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function inline(value: Value): string {
  if (typeof value === 'string') {
    return quoted(value);
  }
  if (typeof value === 'number') {
    return floatText(value);
  }
  if (typeof value === 'boolean') {
    return String(value);
  }
  if (value instanceof GoInteger) {
    return value.value.toString();
  }
  if (value instanceof GoTime) {
    return String(value.toGoJson());
  }
  if (value instanceof SemverVersion) {
    return quoted(String(value.toGoJson()));
  }
  const items = sliceItems(value);
  if (items) {
    if (items.some(item => item === null || item === undefined)) {
      throw new FunctionError('toml: cannot encode array with nil element');
    }
    return `[${items.map(inline).join(', ')}]`;
  }
  if (isTable(value)) {
    const entries = mapEntries(value)!;
    return `{${sortedKeys(entries)
      .map(key => `${keyText(key)} = ${inline(entries[key])}`)
      .join(', ')}}`;
  }
  throw new FunctionError(`toml: cannot encode ${typeOf(value)}`);
}

/** Writes one table: its own values, then its subtables (BurntSushi/toml's encoder with its default indent). */
class TomlWriter {
  out = '';

  table(entries: Record<string, Value>, path: readonly string[]): void {
    const keys = sortedKeys(entries).filter(key => {
      const value = entries[key];
      return value !== null && value !== undefined;
    });
    const isNested = (key: string) =>
      isTable(entries[key]) || isTableArray(entries[key]);
    const indent = '  '.repeat(path.length);
    for (const key of keys.filter(name => !isNested(name))) {
      this.out += `${indent}${keyText(key)} = ${inline(entries[key])}\n`;
    }
    for (const key of keys.filter(isNested)) {
      const value = entries[key];
      if (isTable(value)) {
        this.header(`[${[...path, key].map(keyText).join('.')}]`, path.length);
        this.table(mapEntries(value)!, [...path, key]);
      } else {
        for (const item of sliceItems(value)!) {
          this.newline();
          this.header(
            `[[${[...path, key].map(keyText).join('.')}]]`,
            path.length,
            false,
          );
          this.table(mapEntries(item)!, [...path, key]);
        }
      }
    }
  }

  private newline(): void {
    if (this.out !== '') {
      this.out += '\n';
    }
  }

  private header(text: string, depth: number, separated = depth === 0): void {
    if (separated) {
      this.newline();
    }
    this.out += `${'  '.repeat(depth)}${text}\n`;
  }
}

/** Helm's `toToml`. What is no table comes out as it would stand behind a key. */
export function encodeToml(value: Value): string {
  if (isTableArray(value)) {
    throw new FunctionError(
      'toml: top-level values must be Go maps or structs',
    );
  }
  if (!isTable(value)) return inline(value);
  const writer = new TomlWriter();
  writer.table(mapEntries(value)!, []);
  return writer.out;
}
