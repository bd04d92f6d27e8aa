import fc from 'fast-check';
import { SortedKeys } from './sortedKeys';

describe('SortedKeys', () => {
  it('holds what a sorted set would hold', () => {
    const steps = fc.array(
      fc.record({
        action: fc.constantFrom('toggle', 'read'),
        key: fc.constantFrom('a/b', 'a-b/c', 'a/c', 'b', 'c', 'd', 'e'),
      }),
    );
    fc.assert(
      fc.property(steps, list => {
        const keys = new SortedKeys();
        const model = new Set<string>();
        const reads: string[][] = [];
        const expected: string[][] = [];
        for (const { action, key } of list) {
          if (action === 'read') {
            reads.push([...keys.all()]);
            expected.push([...model].sort());
          } else if (model.delete(key)) keys.remove(key);
          else {
            model.add(key);
            keys.add(key);
          }
        }
        expect(reads).toEqual(expected);
        expect(keys.all()).toEqual([...model].sort());
      }),
    );
  });
});
