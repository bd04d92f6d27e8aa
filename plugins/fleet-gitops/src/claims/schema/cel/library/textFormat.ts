import { NotSupported } from '../errors';
import { CelType, CelValue, typeOf, Uint, utf8 } from '../types';
import { CONVERSIONS } from './conversions';

const CLAUSE = /%(?:%|(?:\.(\d+))?([a-zA-Z]))/g;

/** `"%s of %d".format([…])`. Source: cel-go `ext/formatting.go`. */
export function formatText(text: string, values: CelValue[]): string {
  if (/%(?!%|(?:\.\d+)?[a-zA-Z])/.test(text.replace(/%%/g, '')))
    throw new NotSupported('an unfinished format clause');
  let next = 0;
  const formatted = text.replace(CLAUSE, (clause, precision, verb) => {
    if (clause === '%%') return '%';
    if (next >= values.length)
      throw new NotSupported('a format clause without a value');
    return format(verb, values[next++], precision);
  });
  return formatted;
}

function format(verb: string, value: CelValue, precision?: string): string {
  const type = typeOf(value);
  const whole = wholeOf(value);
  if (verb === 's') return textOf(value);
  if (verb === 'd' && whole !== undefined) return String(whole);
  if (verb === 'f' && type === 'double' && Math.abs(value) < 1e15)
    return grouped(value.toFixed(Number(precision ?? 6)));
  if (verb === 'b' && type === 'bool') return value ? '1' : '0';
  if (verb === 'b' && whole !== undefined) return whole.toString(2);
  if (verb === 'o' && whole !== undefined) return whole.toString(8);
  if (verb.toLowerCase() === 'x') {
    const hex = hexOf(value, whole);
    return verb === 'X' ? hex.toUpperCase() : hex;
  }
  throw new NotSupported(`the format clause %${verb} for ${type}`);
}

function wholeOf(value: CelValue): bigint | undefined {
  if (value instanceof Uint) return value.value;
  return typeof value === 'bigint' ? value : undefined;
}

function hexOf(value: CelValue, whole: bigint | undefined): string {
  if (whole !== undefined) return whole.toString(16);
  const bytes = typeof value === 'string' ? utf8(value) : value;
  if (bytes instanceof Uint8Array)
    return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(
      '',
    );
  throw new NotSupported(`the format clause %x for ${typeOf(value)}`);
}

/** Thousands apart, as in English. */
function grouped(number: string): string {
  const [whole, fraction] = number.split('.');
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}

function textOf(value: CelValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(literalOf).join(', ')}]`;
  if (value instanceof Map) {
    const entries = [...value].map(
      ([key, item]) => [literalOf(key), literalOf(item)] as const,
    );
    entries.sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${entries.map(([key, item]) => `${key}:${item}`).join(', ')}}`;
  }
  if (value instanceof CelType) return value.name;
  const convert = CONVERSIONS[`string(${typeOf(value)})`];
  if (!convert) throw new NotSupported(`the text of ${typeOf(value)}`);
  return convert(value);
}

/** A value within a list or map. */
function literalOf(value: CelValue): string {
  const type = typeOf(value);
  if (type === 'string') {
    if (!/^[ -~]*$/.test(value))
      throw new NotSupported('quoting of such characters');
    return `"${value.replace(/["\\]/g, '\\$&')}"`;
  }
  if (type === 'double') return value.toFixed(6);
  if (type === 'timestamp' || type === 'duration')
    return `${type}("${textOf(value)}")`;
  if (type === 'bytes') throw new NotSupported('quoting of bytes');
  return textOf(value);
}
