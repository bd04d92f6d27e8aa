/**
 * Keys and list positions from the root of an object.
 */
export type FieldPath = Array<string | number>;

const SEGMENT =
  /^(?:\.?([A-Za-z0-9_$-]+)|\[([0-9]+)\]|\[(['"]?)([^'"[\]]+)\3\])/;

/**
 * Reads a field path as Crossplane writes them: `spec.pools[0].size`, `metadata.labels[example.com/x]`.
 *
 * Source: crossplane-runtime `pkg/fieldpath`.
 *
 * @returns `undefined` where the text is none
 */
export function parseFieldPath(text: string): FieldPath | undefined {
  const path: FieldPath = [];
  let rest = text;
  while (rest !== '') {
    const match = SEGMENT.exec(rest);
    if (!match) return undefined;
    if (match[0].startsWith('.') === (path.length === 0) && match[1])
      return undefined;
    if (match[2] !== undefined) path.push(Number(match[2]));
    else path.push(match[1] ?? match[4]);
    rest = rest.slice(match[0].length);
  }
  const forbidden = ['__proto__', 'constructor', 'prototype'];
  if (path.some(segment => forbidden.includes(String(segment))))
    return undefined;
  return path.length > 0 ? path : undefined;
}

/** Writes a path as {@link parseFieldPath} reads it. */
export function formatFieldPath(path: ReadonlyArray<string | number>): string {
  return path
    .map((segment, index) => {
      if (typeof segment === 'number') return `[${segment}]`;
      if (!/^[A-Za-z0-9_$-]+$/.test(segment)) return `[${segment}]`;
      return index === 0 ? segment : `.${segment}`;
    })
    .join('');
}

/** The value at a path; `undefined` where there is none. */
export function valueAt(
  root: unknown,
  path: ReadonlyArray<string | number>,
): unknown {
  let value: unknown = root;
  for (const segment of path) {
    if (value === null || typeof value !== 'object') return undefined;
    if (Array.isArray(value) !== (typeof segment === 'number'))
      return undefined;
    if (!Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<string | number, unknown>)[segment];
  }
  return value;
}

/**
 * Puts a value at a path; maps and lists on the way that do not exist are created.
 *
 * @throws `RangeError` where the path leads through something else, or leaves a hole in a list
 */
export function setValueAt(
  root: Record<string, unknown>,
  path: ReadonlyArray<string | number>,
  value: unknown,
): void {
  let holder: any = root;
  path.forEach((segment, index) => {
    if (Array.isArray(holder) !== (typeof segment === 'number'))
      throw new RangeError(
        `\`${formatFieldPath(path.slice(0, index)) || 'the root'}\` is ${
          Array.isArray(holder) ? 'a list' : 'no list'
        }`,
      );
    if (typeof segment === 'number' && segment > holder.length)
      throw new RangeError(
        `\`${formatFieldPath(path.slice(0, index))}\` has only ${
          holder.length
        } items`,
      );
    if (index === path.length - 1) {
      holder[segment] = value;
      return;
    }
    const next = Object.hasOwn(holder, segment) ? holder[segment] : undefined;
    if (next === undefined || next === null) {
      holder[segment] = typeof path[index + 1] === 'number' ? [] : {};
    } else if (typeof next !== 'object') {
      throw new RangeError(
        `\`${formatFieldPath(path.slice(0, index + 1))}\` is a single value`,
      );
    }
    holder = holder[segment];
  });
}
