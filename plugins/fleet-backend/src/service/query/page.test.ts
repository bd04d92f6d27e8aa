import fc from 'fast-check';
import { paginate } from './page';

interface Item {
  id: string;
  size?: number;
}
const options = {
  id: (item: Item) => item.id,
  fields: {
    id: (item: Item) => item.id,
    size: (item: Item) => item.size,
  },
};

describe('paginate', () => {
  const items = fc.uniqueArray(
    fc.record(
      { id: fc.string({ minLength: 1 }), size: fc.nat(3) },
      { requiredKeys: ['id'] },
    ),
    { selector: item => item.id, maxLength: 20 },
  );

  it('gives every item once, in order, whatever the page size', () => {
    fc.assert(
      fc.property(
        items,
        fc.constantFrom('id', '-id', 'size', '-size'),
        fc.integer({ min: 1, max: 7 }),
        (all, sort, limit) => {
          const found: Item[] = [];
          let cursor: string | undefined;
          do {
            const page = paginate(all, { sort, limit, cursor }, options);
            expect(page.total).toBe(all.length);
            expect(page.items.length).toBeLessThanOrEqual(limit);
            found.push(...page.items);
            cursor = page.nextCursor;
          } while (cursor);
          expect(found).toEqual(paginate(all, { sort }, options).items);
          expect(new Set(found.map(({ id }) => id)).size).toBe(all.length);
        },
      ),
    );
  });

  it('goes on behind an item that is gone, and puts what has no value last', () => {
    const all: Item[] = [
      { id: 'a' },
      { id: 'b', size: 2 },
      { id: 'c', size: 1 },
    ];
    const first = paginate(all, { sort: '-size', limit: 1 }, options);
    expect(first.items).toEqual([all[1]]);
    const rest = paginate(
      [all[0], all[2]],
      { cursor: first.nextCursor, limit: 5 },
      options,
    );
    expect(rest.items).toEqual([all[2], all[0]]);
    expect(rest.nextCursor).toBeUndefined();
  });

  it.each([
    [{ sort: 'colour' }, /sort: 'colour' is not one of id, size/],
    [{ sort: 'constructor' }, /sort: 'constructor' is not one of/],
    [{ cursor: 'garbage' }, /cursor: it is not one that this list gave/],
    [
      {
        sort: 'size',
        cursor: paginate([{ id: 'a' }, { id: 'b' }], { limit: 1 }, options)
          .nextCursor,
      },
      /cursor: it is of a list with another order/,
    ],
  ])('refuses %j', (query, message) => {
    expect(() => paginate([{ id: 'a' }], query, options)).toThrow(message);
  });
});
