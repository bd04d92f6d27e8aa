import fc from 'fast-check';
import { StringPool } from './stringPool';

describe('StringPool', () => {
  it('changes no value', () => {
    const pool = new StringPool(5);
    fc.assert(
      fc.property(fc.json(), text => {
        expect(pool.share(JSON.parse(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('gives equal texts back as the one that came first, within a generation', () => {
    const pool = new StringPool(3);
    const seen: string[] = [];
    // What a pool returned can only be told by what it was given: a map by identity does not exist for strings.
    const spy = jest.spyOn(Map.prototype, 'set');
    for (const text of ['a long text 1', 'a long text 2', 'a long text 1']) {
      seen.push(pool.share(text));
    }
    expect(spy).toHaveBeenCalledTimes(2);
    for (let index = 0; index < 100; index++) pool.share(`a text no. ${index}`);
    pool.share('a long text 1');
    expect(spy).toHaveBeenCalledTimes(103);
    spy.mockRestore();
    expect(seen[0]).toBe('a long text 1');
  });
});
