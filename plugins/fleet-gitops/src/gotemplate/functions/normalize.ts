import { FunctionError } from '../errors';
import { byteSlice, isAscii } from '../values/goString';
import { GoInteger, Value, typeOf } from '../values/types';
import { lower } from './text';
import { FunctionMap, define } from './types';

const MAX_DNS_NAME = 253;

/** Argo CD's SanitizeName: a DNS subdomain from any text. */
export function normalizeName(name: string): string {
  const replaced = Array.from(lower(name), char =>
    /[-a-z0-9.]/.test(char) ? char : '-',
  ).join('');
  return byteSlice(replaced, 0, MAX_DNS_NAME).replace(/^[-.]+|[-.]+$/g, '');
}

function conversion(value: Value, wanted: string): FunctionError {
  const actual = typeOf(value).replace('<nil>', 'nil');
  return new FunctionError(
    `interface conversion: interface {} is ${actual}, not ${wanted}`,
  );
}

/** gosimple/slug's smart truncation: at the last dash before the limit. */
function truncateAtDash(slug: string, limit: number): string {
  if (slug.length <= limit) {
    return slug;
  }
  const dash = slug.lastIndexOf('-', limit);
  return slug.slice(0, dash < 0 ? limit : dash);
}

/** Argo CD's SlugifyName: optional maximum length and smart truncation, then the name. */
function slugify(args: readonly Value[]): string {
  let limit = 50;
  let smart = true;
  let name = '';
  args.forEach((arg, index) => {
    if (index === args.length - 1) {
      if (typeof arg !== 'string') {
        throw conversion(arg, 'string');
      }
      name = arg;
    } else if (index === 0) {
      if (!(arg instanceof GoInteger) || arg.type !== 'int') {
        throw conversion(arg, 'int');
      }
      limit = Number(arg.value);
    } else if (index === 1) {
      if (typeof arg !== 'boolean') {
        throw conversion(arg, 'bool');
      }
      smart = arg;
    }
  });
  // After normalizeName only [-a-z0-9.] is left, so no transliteration takes place.
  let slug = normalizeName(name);
  if (!isAscii(slug)) {
    throw new FunctionError('the normalized name is not ASCII');
  }
  if (!smart && slug.length >= limit) {
    if (limit < 0) {
      throw new FunctionError(
        `runtime error: slice bounds out of range [:${limit}]`,
      );
    }
    slug = slug.slice(0, limit);
  }
  slug = slug
    .replace(/[^a-zA-Z0-9-_]/g, '-')
    .replace(/-+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '');
  return limit > 0 && smart ? truncateAtDash(slug, limit) : slug;
}

/** The naming functions that Argo CD adds to Sprig. */
export const nameFunctions: FunctionMap = {
  normalize: define(['string'], normalizeName),
  slugify: define(['...any'], (...args) => slugify(args)),
};
