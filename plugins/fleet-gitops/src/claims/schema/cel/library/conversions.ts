import { EvaluationFailure, NotSupported } from '../errors';
import { int, timestamp, uint } from '../operators';
import {
  CelType,
  CelValue,
  Duration,
  Timestamp,
  typeOf,
  Uint,
  utf8,
} from '../types';
import { plainNumber, shortNumber } from './numbers';
import { formatTimestamp, parseDuration, parseTimestamp } from './timeTexts';
import type { Library } from './types';

const NANOS = 1_000_000_000n;

function fail(value: CelValue, type: string): never {
  throw new EvaluationFailure(
    `type conversion error from '${typeOf(value)}' to '${type}'`,
  );
}

/** Source: Go `strconv.ParseBool`. */
function boolOf(text: string): boolean {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
  return fail(text, 'bool');
}

/** Source: Go `strconv.ParseFloat`. */
function doubleOf(text: string): number {
  const named = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (named) {
    if (named[2].toLowerCase() !== 'nan')
      return named[1] === '-' ? -Infinity : Infinity;
    return named[1] === '' ? NaN : fail(text, 'double');
  }
  if (/^[+-]?0x|\d_/i.test(text))
    throw new NotSupported('numbers that are hexadecimal or have underscores');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text))
    return fail(text, 'double');
  const value = Number(text);
  return Number.isFinite(value) ? value : fail(text, 'double');
}

function wholeOf(value: number, least: number, most: number): bigint {
  if (!(value > least && value < most))
    throw new EvaluationFailure('integer overflow');
  return BigInt(Math.trunc(value));
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch {
    return fail(bytes, 'string');
  }
}

const TYPE_NAMES: Record<string, string> = {
  timestamp: 'google.protobuf.Timestamp',
  duration: 'google.protobuf.Duration',
  optional: 'optional_type',
  object: 'map',
};

function celType(value: CelValue): CelType {
  const name = typeOf(value);
  if (/^[A-Z]/.test(name) || name === 'unknown')
    throw new NotSupported(`the type of ${name}`);
  return new CelType(TYPE_NAMES[name] ?? name);
}

const same = (value: CelValue) => value;
const failing = (to: string) => (text: string) => fail(text, to);

function whole(text: string, pattern: RegExp, to: string): bigint {
  return pattern.test(text) ? BigInt(text.replace('+', '')) : fail(text, to);
}

function bounded<T>(make: () => T, text: string, to: string): T {
  try {
    return make();
  } catch {
    return failing(to)(text);
  }
}

/** Source: cel-go `common/stdlib/standard.go`, `common/types`. */
export const CONVERSIONS: Library = {
  'type(any)': celType,
  'dyn(any)': same,
  'bool(bool)': same,
  'bool(string)': boolOf,
  'bytes(bytes)': same,
  'bytes(string)': utf8,
  'double(double)': same,
  'double(int)': Number,
  'double(uint)': ({ value }: Uint) => Number(value),
  'double(string)': doubleOf,
  'duration(duration)': same,
  'duration(int)': () => {
    throw new NotSupported('a duration of a number');
  },
  'duration(string)': text => parseDuration(text) ?? fail(text, 'duration'),
  'int(int)': same,
  'int(uint)': ({ value }: Uint) => int(value),
  'int(double)': value => wholeOf(value, -(2 ** 63), 2 ** 63),
  'int(string)': text =>
    bounded(() => int(whole(text, /^[+-]?\d+$/, 'int')), text, 'int'),
  'int(timestamp)': ({ nanos }: Timestamp) =>
    nanos >= 0n ? nanos / NANOS : -((-nanos + NANOS - 1n) / NANOS),
  'int(duration)': ({ nanos }: Duration) => nanos,
  'string(string)': same,
  'string(bool)': String,
  'string(int)': String,
  'string(uint)': ({ value }: Uint) => String(value),
  'string(double)': shortNumber,
  'string(bytes)': textOf,
  'string(timestamp)': formatTimestamp,
  'string(duration)': ({ nanos }: Duration) => {
    const seconds = Number(nanos / NANOS) + Number(nanos % NANOS) / 1e9;
    return `${seconds < 0 ? '-' : ''}${plainNumber(seconds)}s`;
  },
  'timestamp(timestamp)': same,
  'timestamp(int)': (seconds: bigint) => timestamp(seconds * NANOS),
  'timestamp(string)': text => parseTimestamp(text) ?? fail(text, 'timestamp'),
  'uint(uint)': same,
  'uint(int)': uint,
  'uint(double)': value => uint(wholeOf(value, -1, 2 ** 64)),
  'uint(string)': text =>
    bounded(() => uint(whole(text, /^\d+$/, 'uint')), text, 'uint'),
};
