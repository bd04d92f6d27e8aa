import { GoMap, GoSlice } from '../gotemplate/values/types';

/**
 * The parameters of one rendering. With goTemplate they are nested and keep the Go types that templates can tell apart
 * (`map[string]string`, `[]string`); without they are flat, from name to string.
 */
export type Params = Record<string, any>;

/** A Go `map[string]string`. */
export function stringMap(entries: Record<string, string>): GoMap {
  return new GoMap('map[string]string', entries);
}

/** A Go `[]string`. */
export function stringSlice(items: string[]): GoSlice {
  return new GoSlice('string', items);
}

/** A Go `[]map[string]interface {}` that was appended to: nil, and thus `null` in JSON, while it is empty. */
export function paramsSlice(items: Params[]): GoSlice {
  return new GoSlice('map[string]interface {}', items, items.length === 0);
}

/** The entries of any Go map; `undefined` for what is no map. */
export function mapEntries(value: unknown): Record<string, any> | undefined {
  if (value instanceof GoMap) {
    return value.entries;
  }
  return typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof GoSlice)
    ? (value as Record<string, any>)
    : undefined;
}

/** The items of any Go slice; `undefined` for what is no slice. */
export function sliceItems(value: unknown): any[] | undefined {
  if (value instanceof GoSlice) {
    return value.items;
  }
  return Array.isArray(value) ? value : undefined;
}

/** The same parameters as plain JSON. */
export function toPlain(value: any): any {
  const items = sliceItems(value);
  if (items) {
    return items.map(toPlain);
  }
  const entries = mapEntries(value);
  if (entries) {
    const plain: Record<string, any> = {};
    for (const key of Object.keys(entries)) {
      plain[key] = toPlain(entries[key]);
    }
    return plain;
  }
  return value;
}

const plainForms = new WeakMap<Params, Params>();

/** As {@link toPlain}, once for parameters that nothing writes into. */
export function toSharedPlain(params: Params): Params {
  let plain = plainForms.get(params);
  if (!plain) {
    plain = toPlain(params) as Params;
    plainForms.set(params, plain);
  }
  return plain;
}

/** A deep copy of plain JSON, so that parameters never share anything with the manifest they came from. */
export function cloneJson<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map(cloneJson) as T;
  }
  if (typeof value === 'object' && value !== null) {
    const copy: Record<string, any> = {};
    for (const [key, item] of Object.entries(value)) {
      copy[key] = cloneJson(item);
    }
    return copy as T;
  }
  return value;
}

/**
 * A name as DNS would take it: lower case, other characters than letters, digits, "-" and "." replaced by "-", at most
 * 253 characters, no "-" or "." at the ends. Source: Argo CD `applicationset/utils` `SanitizeName`.
 */
export function sanitizeName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^-a-z0-9.]/gu, '-')
    .slice(0, 253)
    .replace(/^[-.]+|[-.]+$/g, '');
}
