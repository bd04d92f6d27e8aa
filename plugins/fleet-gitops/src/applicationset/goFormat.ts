import { GoMap, GoSlice } from '../gotemplate/values/types';

/**
 * A JSON value as Go's `fmt.Sprintf("%v")` prints it: how parameters that are no strings become text.
 */
export function formatValue(value: any): string {
  if (value === null || value === undefined) {
    return '<nil>';
  }
  if (typeof value === 'number') {
    return formatFloat(value);
  }
  if (value instanceof GoSlice) {
    return formatList(value.items);
  }
  if (value instanceof GoMap) {
    return formatMap(value.entries);
  }
  if (Array.isArray(value)) {
    return formatList(value);
  }
  return typeof value === 'object' ? formatMap(value) : String(value);
}

function formatList(items: any[]): string {
  return `[${items.map(formatValue).join(' ')}]`;
}

function formatMap(entries: Record<string, any>): string {
  const keys = Object.keys(entries).sort(compareBytes);
  return `map[${keys
    .map(key => `${key}:${formatValue(entries[key])}`)
    .join(' ')}]`;
}

/** Go's order of strings is by bytes, which is the order of code points and not of JavaScript's UTF-16 units. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) {
      return codeUnitRank(left) - codeUnitRank(right);
    }
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others. */
function codeUnitRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** `%v` of a float64: the shortest digits that read back, with an exponent below 1e-4 and from 1e6 on. */
function formatFloat(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : `${value > 0 ? '+' : '-'}Inf`;
  }
  if (Object.is(value, -0)) {
    return '-0';
  }
  const [digits, exponentText] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (value !== 0 && (exponent < -4 || exponent >= 6)) {
    const sign = exponent < 0 ? '-' : '+';
    return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return String(value);
}
