import { GoMap } from '../gotemplate/values/types';
import { valueText } from '../gotemplate/fmt/printf';
import type { Params } from './params';

/**
 * Nested parameters as flat text, keys joined with ".", list items by index: what selectors behind a generator see.
 *
 * Empty maps and lists vanish; lists of strings and of maps that Argo CD itself made (`path.segments`, `clusters`) are one
 * value. Source: Argo CD `applicationset/generators/generator_spec_processor.go` `flattenParameters`.
 */
export function flattenParameters(params: Params): Record<string, string> {
  const flat: Record<string, string> = {};
  flattenInto(flat, '', params, value =>
    value instanceof GoMap ? value.entries : value,
  );
  return flat;
}

/** Flattens a file's object for templates without goTemplate, where every value is text. */
export function flattenObject(object: Params): Record<string, string> {
  const flat: Record<string, string> = {};
  flattenInto(flat, '', object, value => value);
  return flat;
}

function flattenInto(
  flat: Record<string, string>,
  prefix: string,
  nested: Record<string, any> | any[],
  unwrap: (value: any) => any,
): void {
  for (const [key, item] of Object.entries(nested)) {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    const value = unwrap(item);
    if (Array.isArray(value) || isPlainObject(value)) {
      flattenInto(flat, name, value, unwrap);
    } else {
      flat[name] = valueText(value);
    }
  }
}

function isPlainObject(value: any): value is Record<string, any> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}
