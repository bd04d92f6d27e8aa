import { InputError } from '@backstage/errors';

/** A value to sort by; what has none comes last. */
export type SortValue = string | number | undefined;

/** The last item of a page: the next one begins behind it, whatever came or went meanwhile. */
export interface Cursor {
  /** The order of the list, as its query has it. */
  sort: string;
  value?: SortValue;
  id: string;
}

/** A cursor as answers carry it. */
export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/**
 * The cursor of a query, where it has one.
 *
 * @param sort - the order that the query asks for
 * @throws InputError where no list gave it, or one of another order
 */
export function readCursor(
  text: string | undefined,
  sort: string | undefined,
): Cursor | undefined {
  if (text === undefined) return undefined;
  const cursor = parse(text);
  if (!cursor) {
    throw new InputError(
      'cursor: it is not one that this list gave. Begin without a cursor.',
    );
  }
  if (sort !== undefined && sort !== cursor.sort) {
    throw new InputError(
      'cursor: it is of a list with another order. Begin without a cursor.',
    );
  }
  return cursor;
}

function parse(text: string): Cursor | undefined {
  try {
    const cursor = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const { sort, id, value } = cursor;
    const sortable = ['string', 'number', 'undefined'].includes(typeof value);
    return typeof sort === 'string' && typeof id === 'string' && sortable
      ? cursor
      : undefined;
  } catch {
    return undefined;
  }
}
