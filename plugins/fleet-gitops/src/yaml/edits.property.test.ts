import fc from 'fast-check';
import { parse, parseDocument, stringify } from 'yaml';
import {
  appendListItem,
  insertListItem,
  removeKey,
  removeListItem,
  setMapEntry,
  setScalar,
} from '.';
import { formatScalar, isPlainSafe } from './scalars';

const key = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_.-]{0,8}$/),
  fc.constantFrom('on', '1', 'a b', 'x/y', 'é'),
);
const leaf = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    'true',
    '1.10',
    '0123',
    '12345e6',
    'a: b',
    '# no',
    "it's",
    'one\ntwo\n',
    ' padded ',
    '{{ x }}',
    '',
  ),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
type Data = { [name: string]: unknown };
const data = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    tie('map'),
    tie('list'),
  ),
  map: fc.dictionary(key, tie('value'), {
    minKeys: 1,
    maxKeys: 5,
    noNullPrototype: true,
  }),
  list: fc.array(tie('value'), { minLength: 1, maxLength: 4 }),
})).map as fc.Arbitrary<Data>;

/** How a document is written: indents, list indents, comments, line breaks, a byte order mark. */
const layout = fc.record({
  indent: fc.constantFrom(1, 2, 3, 4),
  indentSeq: fc.boolean(),
  comments: fc.boolean(),
  crlf: fc.boolean(),
  bom: fc.boolean(),
  finalBreak: fc.boolean(),
  document: fc.boolean(),
});

interface Layout {
  indent: number;
  indentSeq: boolean;
  comments: boolean;
  crlf: boolean;
  bom: boolean;
  finalBreak: boolean;
  document: boolean;
}

function write(value: Data, style: Layout): string {
  let text = stringify(value, {
    indent: style.indent,
    indentSeq: style.indentSeq,
    lineWidth: 0,
  });
  if (style.comments) {
    // Only in front of lines that begin a key at the root, so that no block scalar gets a line.
    text = text.replace(/^(?=[a-z][a-z0-9_.-]*:)/gm, '# a comment\n');
    text = `# head\n\n${text}`;
  }
  if (style.document) text = `---\n${text}`;
  if (!style.finalBreak && !/[|>][+-]?\d?\n/.test(text))
    text = text.replace(/\n$/, '');
  if (style.crlf) text = text.replace(/\n/g, '\r\n');
  return style.bom ? `\ufeff${text}` : text;
}

type Path = Array<string | number>;

function paths(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value))
    return [
      path,
      ...value.flatMap((item, index) => paths(item, [...path, index])),
    ];
  if (value && typeof value === 'object')
    return [
      path,
      ...Object.entries(value).flatMap(([name, item]) =>
        paths(item, [...path, name]),
      ),
    ];
  return [path];
}

function at(value: any, path: Path): any {
  return path.reduce((inner, segment) => inner[segment], value);
}

function withValue(
  value: unknown,
  path: Path,
  change: (inner: any) => unknown,
): unknown {
  if (path.length === 0) return change(value);
  const copy: any = Array.isArray(value)
    ? [...value]
    : { ...(value as object) };
  copy[path[0]] = withValue(copy[path[0]], path.slice(1), change);
  return copy;
}

/** All lines of one text that the other lacks, each as often as it lacks it. */
function lostLines(before: string, after: string): string[] {
  const left = after.split('\n');
  return before.split('\n').filter(line => {
    const index = left.indexOf(line);
    if (index === -1) return true;
    left.splice(index, 1);
    return false;
  });
}

const documents = fc
  .tuple(data, layout, fc.nat())
  .map(([value, style, seed]) => {
    const text = write(value, style);
    const before = parse(text);
    const all = paths(before);
    return { text, before, path: all[seed % all.length] };
  });

describe('on any document', () => {
  it('setScalar changes the scalar and the lines it is on', () => {
    fc.assert(
      fc.property(documents, leaf, ({ text, before, path }, value) => {
        const old = at(before, path);
        fc.pre(path.length > 0 && (old === null || typeof old !== 'object'));
        const after = setScalar(text, path, value);
        expect(parse(after)).toEqual(withValue(before, path, () => value));
        expect(lostLines(text, after).length).toBeLessThanOrEqual(
          String(old).split('\n').length + 1,
        );
      }),
      { numRuns: 120 },
    );
  });

  it('setMapEntry adds the entry and loses no line', () => {
    fc.assert(
      fc.property(documents, leaf, ({ text, before, path }, value) => {
        const map = at(before, path);
        fc.pre(
          map !== null &&
            typeof map === 'object' &&
            !Array.isArray(map) &&
            !('new-key' in map),
        );
        const after = setMapEntry(text, path, 'new-key', value);
        expect(parse(after)).toEqual(
          withValue(before, path, inner => ({ ...inner, 'new-key': value })),
        );
        // The last line may get a line break, the first of a list item moves behind its dash.
        expect(lostLines(text, after).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 120 },
    );
  });

  it('appendListItem adds the item and loses no line', () => {
    fc.assert(
      fc.property(documents, leaf, ({ text, before, path }, value) => {
        fc.pre(Array.isArray(at(before, path)));
        const after = appendListItem(text, path, value);
        expect(parse(after)).toEqual(
          withValue(before, path, inner => [...inner, value]),
        );
        expect(lostLines(text, after).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 120 },
    );
  });

  it('removeKey takes back what setMapEntry added, byte by byte', () => {
    fc.assert(
      fc.property(documents, leaf, ({ text, before, path }, value) => {
        const map = at(before, path);
        fc.pre(
          map !== null &&
            typeof map === 'object' &&
            !Array.isArray(map) &&
            !('new-key' in map),
        );
        const added = setMapEntry(text, path, 'new-key', value);
        expect(removeKey(added, [...path, 'new-key'])).toBe(text);
      }),
      { numRuns: 120 },
    );
  });

  it('insertListItem adds the item where it is asked and loses no line', () => {
    fc.assert(
      fc.property(documents, leaf, fc.nat(), (input, value, seed) => {
        const { text, before, path } = input;
        const list = at(before, path);
        fc.pre(Array.isArray(list));
        const index = seed % (list.length + 1);
        const after = insertListItem(text, path, index, value);
        expect(parse(after)).toEqual(
          withValue(before, path, inner => inner.toSpliced(index, 0, value)),
        );
        expect(lostLines(text, after).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 120 },
    );
  });

  it('removeListItem takes back what insertListItem added, byte by byte', () => {
    fc.assert(
      fc.property(documents, leaf, fc.nat(), (input, value, seed) => {
        const { text, before, path } = input;
        const list = at(before, path);
        fc.pre(Array.isArray(list));
        const index = seed % (list.length + 1);
        const added = insertListItem(text, path, index, value);
        expect(removeListItem(added, [...path, index])).toBe(text);
      }),
      { numRuns: 120 },
    );
  });

  it('removeListItem removes the item and writes no other line', () => {
    fc.assert(
      fc.property(documents, ({ text, before, path }) => {
        const index = path[path.length - 1];
        fc.pre(typeof index === 'number');
        const after = removeListItem(text, path);
        expect(parse(after)).toEqual(
          withValue(before, path.slice(0, -1), inner =>
            inner.toSpliced(index, 1),
          ),
        );
        // The next item may move behind a dash; an empty list is written behind its key.
        expect(lostLines(after, text).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 120 },
    );
  });
});

describe('scalars', () => {
  const readers = [{ version: '1.1' as const }, { version: '1.2' as const }];

  it('are read back as they were written, by YAML 1.1 and 1.2, in blocks and in braces', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string(),
          fc.stringMatching(/^[-+]?[0-9._:eExo]{1,8}$/),
          leaf,
        ),
        fc.constantFrom('plain' as const, 'single' as const, 'double' as const),
        (value, style) => {
          const written = formatScalar(value, style);
          for (const reader of readers) {
            const values = [
              `a: ${written}\n`,
              `- ${written}\n`,
              `{a: ${written}, b: [${written}]}\n`,
            ].map(text => {
              const document = parseDocument(text, reader);
              expect(document.errors).toEqual([]);
              const read = document.toJS();
              return read.a ?? read[0] ?? null;
            });
            expect(values).toEqual([value, value, value]);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each([
    'v1.4.2',
    '1.4.2',
    'a/b:c',
    'https://x.example/y?z=1',
    'two words',
    'missingkey=error',
  ])('%s needs no quotes', text => {
    expect(isPlainSafe(text)).toBe(!/\?/.test(text));
  });
});
