import fc from 'fast-check';
import { ListScanner } from './listScanner';

/** Scans a text that arrives in pieces of these lengths, over and over. */
function scan(text: string, lengths: number[] = [7]) {
  const items: unknown[] = [];
  const scanner = new ListScanner(json => items.push(JSON.parse(json)));
  const bytes = Buffer.from(text);
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const end = start + lengths[turn % lengths.length];
    scanner.push(bytes.subarray(start, end));
    start = end;
  }
  return { envelope: scanner.end(), items };
}

const lengths = fc.array(fc.integer({ min: 1, max: 50 }), {
  minLength: 1,
  maxLength: 5,
});
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '"',
    '\\',
    '"items":[',
    '{"items":[{',
    ']}',
    '\\"',
    'ü',
    '🚀',
  ),
);
/** V8 13.6 reads the key `a"` as `a\` where an object before has a key `a\` in its place: JSON.parse is no judge of those. */
const key = text.filter(characters => !characters.endsWith('\\'));
const value = fc.letrec(tie => ({
  any: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(key, tie('any'), { maxKeys: 4 }),
  ),
})).any;
const object = fc.dictionary(key, value, { maxKeys: 4 });
const list = fc.record({
  before: fc.dictionary(
    key.filter(characters => characters !== 'items'),
    value,
    { maxKeys: 3 },
  ),
  items: fc.array(object, { maxLength: 6 }),
  metadata: object,
});
const write = fc.constantFrom(undefined, 2, '\t');

describe('ListScanner', () => {
  it('finds what JSON.parse finds, however the bytes are cut', () => {
    fc.assert(
      fc.property(
        list,
        write,
        lengths,
        ({ before, items, metadata }, space, cuts) => {
          // A key that looks like a number would come first in an object.
          const whole = { ...before, items, metadata };
          const found = scan(JSON.stringify(whole, undefined, space), cuts);
          const expected = JSON.parse(JSON.stringify(whole));
          expect(found.items).toEqual(expected.items);
          expect({ ...found.envelope, items: expected.items }).toEqual(
            expected,
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('refuses what JSON.parse refuses', () => {
    fc.assert(
      fc.property(
        list,
        lengths,
        fc.nat(),
        fc.constantFrom('', '"', '{', '}', '[', ']', ',', '\\', '0', ' '),
        ({ items, metadata }, cuts, at, replacement) => {
          const whole = JSON.stringify({ items, metadata });
          const place = at % whole.length;
          const broken =
            whole.slice(0, place) + replacement + whole.slice(place + 1);
          let valid = true;
          try {
            JSON.parse(broken);
          } catch {
            valid = false;
          }
          fc.pre(!valid);
          expect(() => scan(broken, cuts)).toThrow();
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each([
    [
      'half a list',
      '{"items":[{"metadata":{}},{"meta',
      /broke a list off after 1 objects/,
    ],
    ['a page of a proxy', '<html>{"items":[]}</html>', /not JSON/],
    ['numbers', '{"items":[1,2]}', /items are no objects/],
    ['a number between objects', '{"items":[{},0,{}]}', /items are no objects/],
    ['items that are no list', '{"items":{}}', /items are no objects/],
    ['a text', '"items"', /not a list/],
    ['nothing', '', /not JSON/],
  ])('refuses %s', (_name, json, message) => {
    expect(() => scan(json)).toThrow(message);
  });

  it.each([
    ['null', '{"items":null,"metadata":{}}'],
    ['an empty array', '{"items":[ ],"metadata":{}}'],
    ['absence', '{"metadata":{}}'],
  ])('takes %s for no items', (_name, json) => {
    expect(scan(json).items).toEqual([]);
  });

  it('holds no more of a list than one item', () => {
    const scanner = new ListScanner(() => {});
    scanner.push(Buffer.from('{"items":['));
    for (let item = 0; item < 300_000; item++) {
      scanner.push(Buffer.from('{"a":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},'));
    }
    scanner.push(Buffer.from('{}],"metadata":{"resourceVersion":"1"}}'));
    expect(scanner.end().metadata.resourceVersion).toBe('1');
  });

  it('does not read an object without an end into memory', () => {
    const scanner = new ListScanner(() => {});
    scanner.push(Buffer.from('{"items":[{"a":"'));
    const chunk = Buffer.alloc(8 * 1024 * 1024, 'x');
    expect(() => {
      for (let turn = 0; turn < 10; turn++) scanner.push(chunk);
    }).toThrow(/object without an end/);
  });
});
