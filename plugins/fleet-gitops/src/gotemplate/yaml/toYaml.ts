import { FunctionError } from '../errors';
import { formatFloat } from '../fmt/decimal';
import { GoTime } from '../time/goTime';
import { encodeJson } from '../json/encode';
import { toDisplayText } from '../values/goString';
import {
  GoInteger,
  GoMap,
  GoObject,
  GoSlice,
  Value,
  isNilCollection,
  mapEntries,
  sliceItems,
} from '../values/types';
import { YamlEmitter } from './emitter';
import { compareYamlKeys } from './keyOrder';
import { resolveScalar } from './resolve';

/** Sexagesimal numbers of YAML 1.1 (`1:30`), which other readers take for integers. */
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** Whether go-yaml refuses to read a character; JSON escapes those below the space. */
function isRefused(char: string): boolean {
  const code = char.codePointAt(0)!;
  return (
    code === 0x7f ||
    (code >= 0x80 && code < 0xa0 && code !== 0x85) ||
    code === 0xfeff ||
    code === 0xfffe ||
    code === 0xffff
  );
}

function writeString(
  emitter: YamlEmitter,
  text: string,
  isSimpleKey: boolean,
): void {
  const valid = toDisplayText(text);
  if (Array.from(valid).some(isRefused)) {
    throw new FunctionError('yaml: control characters are not allowed');
  }
  const isText = resolveScalar(valid).tag === 'str' && !BASE_60.test(valid);
  if (valid.includes('\n')) {
    emitter.scalar(valid, 'literal', isSimpleKey);
  } else {
    emitter.scalar(valid, isText ? 'plain' : 'double', isSimpleKey);
  }
}

/** A float64 that went through JSON and YAML: whole numbers in plain notation become integers. */
function numberText(value: number): string {
  const json = encodeJson(value);
  const resolved = resolveScalar(json);
  return resolved.tag === 'int'
    ? resolved.value.toString()
    : formatFloat(value, 'g', -1);
}

/** How scalars that are no texts are written. */
interface ScalarTexts {
  number(value: number): string;
  /** Whether a time stands without quotes. */
  plainTimes: boolean;
}

const THROUGH_JSON: ScalarTexts = { number: numberText, plainTimes: false };
const AS_IN_GO: ScalarTexts = {
  number: value => formatFloat(value, 'g', -1),
  plainTimes: true,
};

function write(
  emitter: YamlEmitter,
  value: Value,
  inMap: boolean,
  texts: ScalarTexts,
): void {
  if (typeof value === 'string') {
    writeString(emitter, value, false);
  } else if (typeof value === 'number') {
    emitter.scalar(texts.number(value), 'plain', false);
  } else if (typeof value === 'boolean') {
    emitter.scalar(String(value), 'plain', false);
  } else if (value === undefined || value === null || isNilCollection(value)) {
    emitter.scalar('null', 'plain', false);
  } else if (value instanceof GoInteger) {
    emitter.scalar(value.value.toString(), 'plain', false);
  } else if (value instanceof GoTime && texts.plainTimes) {
    emitter.scalar(String(value.toGoJson()), 'plain', false);
  } else if (value instanceof GoObject) {
    write(emitter, value.toGoJson(), inMap, texts);
  } else {
    writeCollection(emitter, value, inMap, texts);
  }
}

function writeCollection(
  emitter: YamlEmitter,
  value: GoSlice | GoMap | Value[] | Record<string, Value>,
  inMap: boolean,
  texts: ScalarTexts,
): void {
  const items = sliceItems(value);
  if (items) {
    if (items.length === 0) {
      emitter.emptyCollection('[]');
    } else {
      emitter.sequence(items, inMap, item =>
        write(emitter, item, false, texts),
      );
    }
    return;
  }
  const entries = mapEntries(value)!;
  const keys = Object.keys(entries).sort(compareYamlKeys);
  if (keys.length === 0) {
    emitter.emptyCollection('{}');
    return;
  }
  emitter.mapping(
    keys,
    (key, simple) => writeString(emitter, key, simple),
    key => write(emitter, entries[key], true, texts),
  );
}

/**
 * sigs.k8s.io/yaml's Marshal, which Helm and Argo CD call `toYaml`: the value as JSON, then as go-yaml v2 writes it.
 * The result ends with a newline.
 *
 * @throws FunctionError for values JSON cannot hold and characters YAML cannot read
 */
export function marshalYaml(value: Value): string {
  try {
    encodeJson(value);
  } catch (error) {
    throw new FunctionError(
      `error marshaling into JSON: ${(error as Error).message}`,
    );
  }
  const emitter = new YamlEmitter();
  write(emitter, value, false, THROUGH_JSON);
  return emitter.finish();
}

/**
 * As `marshalYaml`, but with indented lists, without folding, and with numbers as Go has them (`1e+06`): go-yaml v3, which
 * Helm calls `toYamlPretty`.
 */
export function marshalPrettyYaml(value: Value): string {
  encodeJson(value);
  const emitter = new YamlEmitter({ width: Infinity, indentLists: true });
  write(emitter, value, false, AS_IN_GO);
  return emitter.finish();
}
