import type { Request } from 'express';

export interface Page {
  /** From 1. */
  page: number;
  perPage: number;
}

/** `page` and `per_page` of a request, bounded as GitHub bounds them: 30 by default, 100 at most. */
export function pageOf(query: Request['query']): Page {
  const positive = (value: unknown, fallback: number) => {
    const number = Number(value);
    return Number.isInteger(number) && number > 0 ? number : fallback;
  };
  return {
    page: positive(query.page, 1),
    perPage: Math.min(positive(query.per_page, 30), 100),
  };
}

/** The `Link` header, or `undefined` where everything fits on one page. */
export function linkHeader(
  url: string,
  { page, perPage }: Page,
  total: number,
): string | undefined {
  const last = Math.max(1, Math.ceil(total / perPage));
  const link = (number: number, relation: string) => {
    const target = new URL(url);
    target.searchParams.set('per_page', String(perPage));
    target.searchParams.set('page', String(number));
    return `<${target}>; rel="${relation}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first')] : []),
  ];
  return links.length ? links.join(', ') : undefined;
}
