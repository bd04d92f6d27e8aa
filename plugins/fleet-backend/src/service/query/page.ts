import { InputError } from '@backstage/errors';
import { readCursor, type SortValue, writeCursor } from '../../http/cursor';

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
  const cursor = readCursor(query.cursor, query.sort);
  const sort = query.sort ?? cursor?.sort ?? Object.keys(fields)[0];
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
        ? writeCursor({ sort, value: last.value, id: last.id })
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
