import fc from 'fast-check';
import { applyMergePatch, createMergePatch } from './mergePatch';

const value: fc.Arbitrary<any> = fc.letrec(tie => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('', 'a', 0, 1, true, false),
    fc.array(tie('any'), { maxLength: 2 }),
    tie('map'),
  ),
  map: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('any'), {
    maxKeys: 3,
  }),
})).map;

describe('createMergePatch', () => {
  it('turns one object into the other, and is absent where they are the same', () => {
    fc.assert(
      fc.property(value, value, (from, to) => {
        const patch = createMergePatch(from, to);
        expect(applyMergePatch(from, patch ?? {})).toEqual(to);
        expect(createMergePatch(to, to)).toBeUndefined();
      }),
    );
  });

  it('touches only what differs', () => {
    expect(
      createMergePatch(
        { a: { b: 1, c: 2 }, d: [1, 2], e: 3 },
        { a: { b: 1, c: 4 }, d: [2, 1] },
      ),
    ).toEqual({ a: { c: 4 }, d: [2, 1], e: null });
  });

  it('shares what it does not touch with the target', () => {
    const target = { kept: { deep: [1] }, changed: 1 };
    const result = applyMergePatch(target, { changed: 2 });
    expect(result.kept).toBe(target.kept);
    expect(target.changed).toBe(1);
  });
});
