import { InputError } from '@backstage/errors';

/** A value to sort by; what has none comes last. */
export type SortValue = string | number | undefined;

/** How a list is paged: parameters of the request, as the query has them. */
export interface PageQuery {
  sort?: string;
  limit?: number | string;
  cursor?: string;
}

export interface Page<T> {
  items: T[];
  /** How many there are in all. */
  total: number;
  nextCursor?: string;
}

interface Cursor {
  sort: string;
  value?: SortValue;
  id: string;
}

/**
 * Sorts a list and cuts a page out of it. The cursor names the last item of the page before, so that nothing is shown
 * twice or left out because something else came or went between two pages.
 *
 * @param fields - what can be sorted by; the first is the default
 */
export function paginate<T>(
  all: T[],
  query: PageQuery,
  options: {
    id: (item: T) => string;
    fields: Record<string, (item: T) => SortValue>;
  },
): Page<T> {
  const { id, fields } = options;
  const cursor = query.cursor === undefined ? undefined : read(query.cursor);
  const sort = query.sort ?? cursor?.sort ?? Object.keys(fields)[0];
  if (cursor && cursor.sort !== sort) {
    throw new InputError(
      'cursor: it is of a list with another order. Begin without a cursor.',
    );
  }
  const field = sort.replace(/^-/, '');
  const valueOf = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (!valueOf) {
    throw new InputError(
      `sort: '${field}' is not one of ${Object.keys(fields).join(', ')}.`,
    );
  }
  const direction = sort.startsWith('-') ? -1 : 1;
  const place = (item: T) => ({ value: valueOf(item), id: id(item) });
  const placed = all
    .map(item => ({ item, ...place(item) }))
    .sort((a, b) => compare(a, b, direction));

  const start = cursor
    ? placed.findIndex(entry => compare(entry, cursor, direction) > 0)
    : 0;
  const limit = query.limit === undefined ? Infinity : Number(query.limit);
  const page = start === -1 ? [] : placed.slice(start, start + limit);
  const last = page[page.length - 1];
  const more = start !== -1 && start + limit < placed.length;
  return {
    items: page.map(({ item }) => item),
    total: all.length,
    nextCursor:
      more && last
        ? write({ sort, value: last.value, id: last.id })
        : undefined,
  };
}

function compare(
  a: { value?: SortValue; id: string },
  b: { value?: SortValue; id: string },
  direction: number,
): number {
  if (a.value !== b.value) {
    if (a.value === undefined) return 1;
    if (b.value === undefined) return -1;
    return a.value < b.value ? -direction : direction;
  }
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

function write(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function read(text: string): Cursor {
  try {
    const cursor = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (typeof cursor.sort === 'string' && typeof cursor.id === 'string') {
      return cursor;
    }
  } catch {
    // Said below.
  }
  throw new InputError(
    'cursor: it is not one that this list gave. Begin without a cursor.',
  );
}
