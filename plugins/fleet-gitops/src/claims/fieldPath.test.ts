import fc from 'fast-check';
import {
  formatFieldPath,
  parseFieldPath,
  setValueAt,
  valueAt,
} from './fieldPath';

describe('field paths', () => {
  it.each([
    ['spec.topology.version', ['spec', 'topology', 'version']],
    ['spec.pools[0].size', ['spec', 'pools', 0, 'size']],
    [
      "metadata.labels['example.com/x']",
      ['metadata', 'labels', 'example.com/x'],
    ],
    ['metadata.labels[example.com/x]', ['metadata', 'labels', 'example.com/x']],
    ['metadata.labels["a.b"][2]', ['metadata', 'labels', 'a.b', 2]],
  ])('reads %s', (text, path) => {
    expect(parseFieldPath(text)).toEqual(path);
  });

  it.each([
    '',
    '.a',
    'a.',
    'a..b',
    'a[x',
    'a[0',
    "a['b]",
    "a['']",
    'a.__proto__',
    'a b',
  ])('refuses %s', text => {
    expect(parseFieldPath(text)).toBeUndefined();
  });

  const paths = fc.array(
    fc.oneof(fc.stringMatching(/^[a-z.:-]{1,8}$/), fc.nat({ max: 0 })),
    { minLength: 1, maxLength: 5 },
  );

  it('reads what it writes, and finds what it puts', () => {
    fc.assert(
      fc.property(paths, fc.jsonValue(), (rest, value) => {
        const path = ['spec', ...rest];
        expect(parseFieldPath(formatFieldPath(path))).toEqual(path);
        const root = {};
        setValueAt(root, path, value);
        expect(valueAt(root, path)).toEqual(value);
      }),
    );
  });

  it.each<[string, Array<string | number>, string]>([
    ['a single value on the way', ['a', 'b'], '`a` is a single value'],
    ['a hole in a list', ['list', 3], '`list` has only 1 items'],
    ['a key in a list', ['list', 'x'], '`list` is a list'],
    ['a position in a map', ['map', 0], '`map` is no list'],
  ])('refuses %s', (_case, path, message) => {
    expect(() => setValueAt({ a: 1, list: [1], map: {} }, path, 1)).toThrow(
      message,
    );
  });
});
