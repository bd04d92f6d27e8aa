import { applyYamlEdits, YamlEdit, YamlEditError } from '.';

const crlf = (text: string) => text.replace(/\n/g, '\r\n');

function apply(text: string, ...edits: YamlEdit[]): string {
  try {
    return applyYamlEdits(text, edits);
  } catch (error) {
    if (!(error instanceof YamlEditError)) throw error;
    return `refused: ${error.reason} ${error.line}`;
  }
}

describe('rename', () => {
  it.each<[string, string, string | number, string, string]>([
    ['in place', 'a: 1 # one\nb: 2\n', 'a', 'c', 'c: 1 # one\nb: 2\n'],
    ['a word to quote', 'a: 1\n', 'a', 'on', '"on": 1\n'],
    ['in its quotes', "'a': 1\n", 'a', "it's", "'it''s': 1\n"],
    ['in JSON', '{"a":1}', 'a', 'b', '{"b":1}'],
    ['without a colon in braces', '{a: 1, b}\n', 'b', 'c', '{a: 1, c}\n'],
    ['of an anchor', 'a: &x 1\nb: *x\n', 'a', 'c', 'c: &x 1\nb: *x\n'],
    ['of an alias', 'a: &x 1\nb: *x\n', 'b', 'c', 'a: &x 1\nc: *x\n'],
    ['to itself', 'a:   1\n', 'a', 'a', 'a:   1\n'],
    ['to a key that is there', 'a: 1\nb: 2\n', 'a', 'b', 'refused: exists 1'],
    ['of a key that is not', 'a: 1\n', 'b', 'c', 'refused: missing 1'],
    ['of a list item', '- a\n', 0, 'c', 'refused: not-a-map 1'],
    ['of a key with an anchor', '&k a: 1\n', 'a', 'c', 'refused: anchor 1'],
    ['of a complex key', '? a\n: 1\n', 'a', 'c', 'refused: complex-key 1'],
  ])('%s', (_case, text, name, key, expected) => {
    expect(apply(text, { op: 'rename', path: [name], key })).toBe(expected);
  });
});

describe('set', () => {
  it.each<[string, string, YamlEdit['path'], any, string]>([
    [
      'a map by a scalar, the comment behind its key stays',
      'a: # why\n  b: 1 # in\nd: 1\n',
      ['a'],
      'x',
      'a: x # why\nd: 1\n',
    ],
    [
      'a scalar by a list',
      'a: x # why\nd: 1\n',
      ['a'],
      [1, { x: 'on' }],
      'a: # why\n  - 1\n  - x: "on"\nd: 1\n',
    ],
    [
      'braces by a map',
      'a: {b: 1} # why\nd: 1\n',
      ['a'],
      { c: { d: 1 } },
      'a: # why\n  c:\n    d: 1\nd: 1\n',
    ],
    [
      'a block scalar by a map',
      'a: | # why\n  foo\nd: 1\n',
      ['a'],
      { c: 1 },
      'a: # why\n  c: 1\nd: 1\n',
    ],
    [
      'brackets on two lines',
      'a: [1,\n 2]\nd: 1\n',
      ['a'],
      {},
      'a: {}\nd: 1\n',
    ],
    ['an item', 'a:\n- x\n- y: 1\n  z: 2\n', ['a', 1], 'q', 'a:\n- x\n- q\n'],
    [
      'inside of brackets',
      'a: [1, {b: 2}]\n',
      ['a', 1],
      ['x'],
      'a: [1, [x]]\n',
    ],
    [
      'in JSON',
      '{\n  "a": [1]\n}\n',
      ['a'],
      { x: 1 },
      '{\n  "a": {\n    "x": 1\n  }\n}\n',
    ],
    ['the root', '# head\na: 1\n', [], { x: 1 }, '# head\nx: 1\n'],
    ['nothing', 'a:\nb: 1\n', ['a'], { x: 1 }, 'a:\n  x: 1\nb: 1\n'],
    [
      'with CRLF',
      crlf('a:\n  b: 1\nc: 1\n'),
      ['a'],
      { x: [2] },
      crlf('a:\n  x:\n    - 2\nc: 1\n'),
    ],
    ['the same', 'a: {b:  1}\n', ['a'], { b: 1 }, 'a: {b:  1}\n'],
    [
      'what an alias repeats',
      'a: {b: &x 1}\nc: *x\n',
      ['a'],
      1,
      'refused: anchor 1',
    ],
    ['what is not there', 'a: 1\n', ['b'], [1], 'refused: missing 1'],
  ])('%s', (_case, text, path, value, expected) => {
    expect(apply(text, { op: 'set', path, value })).toBe(expected);
  });
});

describe('braces and brackets', () => {
  it.each<[string, string, YamlEdit, string]>([
    [
      'an item behind comments',
      'a: [\n  b, # one\n  c # two\n]\n',
      { op: 'append', path: ['a'], value: 2 },
      'a: [\n  b, # one\n  c, # two\n  2\n]\n',
    ],
    [
      'an entry behind a trailing comma',
      'a: {\n  b: 1, # one\n  c: 2, # two\n}\n',
      { op: 'add', path: ['a'], key: 'e', value: 2 },
      'a: {\n  b: 1, # one\n  c: 2, # two\n  e: 2,\n}\n',
    ],
    [
      'the first item, a comment above the next stays with it',
      'a: [ # all\n  # one\n  b\n]\n',
      { op: 'insert', path: ['a'], index: 0, value: 'x' },
      'a: [ # all\n  x,\n  # one\n  b\n]\n',
    ],
    [
      'an item between comments',
      'a: [\n  b, # one\n  # two\n  c\n]\n',
      { op: 'insert', path: ['a'], index: 1, value: 'x' },
      'a: [\n  b, # one\n  x,\n  # two\n  c\n]\n',
    ],
    [
      'removing the last item between comments',
      'a: [\n  b, # one\n  c # two\n]\n',
      { op: 'remove', path: ['a', 1] },
      'a: [\n  b # one\n]\n',
    ],
    [
      'removing before a trailing comma',
      'a: [\n  b,\n  c,\n]\n',
      { op: 'remove', path: ['a', 1] },
      'a: [\n  b,\n]\n',
    ],
    [
      'the quotes of the other items',
      "a: ['x', 'y']\n",
      { op: 'append', path: ['a'], value: 'z' },
      "a: ['x', 'y', 'z']\n",
    ],
    [
      'comments that share a line with other entries',
      'a: [b, # x\n c]\n',
      { op: 'remove', path: ['a', 0] },
      'refused: flow-collection 1',
    ],
  ])('%s', (_case, text, edit, expected) => {
    expect(apply(text, edit)).toBe(expected);
  });
});

describe('JSON stays JSON', () => {
  const edits: YamlEdit[] = [
    { op: 'append', path: ['l'], value: { a: 'on' } },
    { op: 'add', path: ['m'], key: 'k', value: [] },
    { op: 'add', path: [], key: 'z', value: { b: [1] } },
    { op: 'set', path: ['n'], value: 'text' },
    { op: 'remove', path: ['gone'] },
  ];

  it.each(['  ', '\t', '    ', undefined])('indented by %j', indent => {
    const before = { gone: 1, l: [1, 2], m: {}, n: 1 };
    const after = {
      l: [1, 2, { a: 'on' }],
      m: { k: [] },
      n: 'text',
      z: { b: [1] },
    };
    const end = indent === undefined ? '' : '\n';
    expect(
      apply(`${JSON.stringify(before, undefined, indent)}${end}`, ...edits),
    ).toBe(`${JSON.stringify(after, undefined, indent)}${end}`);
  });
});

describe('merge keys', () => {
  const text = 'x: &x {b: 1}\na:\n  <<: *x\n  c: 2\n';

  it.each<[string, YamlEdit, string]>([
    [
      'takes a key beside one, which overrides it',
      { op: 'add', path: ['a'], key: 'b', value: 2 },
      `${text}  b: 2\n`,
    ],
    [
      'removes a key that it does not have',
      { op: 'remove', path: ['a', 'c'] },
      'x: &x {b: 1}\na:\n  <<: *x\n',
    ],
    [
      'does not rename it',
      { op: 'rename', path: ['a', '<<'], key: 'y' },
      'refused: merge-key 3',
    ],
    [
      'does not reach through it',
      { op: 'set', path: ['a', 'b'], value: 2 },
      'refused: merge-key 3',
    ],
    [
      'does not edit what it repeats',
      { op: 'set', path: ['x', 'b'], value: 2 },
      'refused: anchor 1',
    ],
  ])('%s', (_case, edit, expected) => {
    expect(apply(text, edit)).toBe(expected);
  });
});

describe('documents without content', () => {
  const add: YamlEdit = { op: 'add', path: ['a'], key: 'b', value: 'on' };

  it.each([
    ['', 'a:\n  b: "on"\n'],
    ['# only', '# only\na:\n  b: "on"\n'],
    ['---\n# only\n', '---\n# only\na:\n  b: "on"\n'],
    ['\ufeff', '\ufeffa:\n  b: "on"\n'],
    ['# only\r\n', '# only\r\na:\r\n  b: "on"\r\n'],
    ['~\n', 'a:\n  b: "on"\n'],
    ['a: null # none\n', 'a: # none\n  b: "on"\n'],
    ['a: [~]\n', 'refused: not-a-map 1'],
  ])('%j get their first entry', (text, expected) => {
    expect(apply(text, add)).toBe(expected);
  });

  it('may be the last of several', () => {
    expect(apply('a: 1\n---\n', { ...add, document: 1 })).toBe(
      'a: 1\n---\na:\n  b: "on"\n',
    );
    expect(apply('a: 1\n', { ...add, document: 2 })).toBe('refused: missing 1');
  });
});

describe('templates', () => {
  const text = 'a:\n  b: 1\nc: {{ .x }}\nl:\n  - {{ .y }}\n';

  it.each<[YamlEdit, string]>([
    [{ op: 'set', path: ['a', 'b'], value: 2 }, text.replace('b: 1', 'b: 2')],
    [{ op: 'add', path: [], key: 'd', value: 1 }, `${text}d: 1\n`],
    [{ op: 'append', path: ['l'], value: 'z' }, `${text}  - z\n`],
    [{ op: 'set', path: ['c'], value: 2 }, 'refused: template-syntax 3'],
    [{ op: 'rename', path: ['c'], key: 'd' }, text.replace('c:', 'd:')],
    [{ op: 'remove', path: ['c'] }, text.replace('c: {{ .x }}\n', '')],
    [{ op: 'remove', path: ['l'] }, text.slice(0, text.indexOf('l:'))],
    [
      { op: 'remove', path: ['l', 0] },
      text.replace('l:\n  - {{ .y }}', 'l: []'),
    ],
  ])('%j', (edit, expected) => {
    expect(apply(text, edit)).toBe(expected);
  });

  it.each<[string, YamlEdit]>([
    ['a: {{ if .x }}\nb: {{ end }}\n', { op: 'remove', path: ['a'] }],
    ['a: text\n  {{- include "x" . }}\nb: 1\n', { op: 'remove', path: ['a'] }],
    ['a:\n  b: {{ .x }}\n', { op: 'set', path: ['a'], value: { c: 1 } }],
    ['a: {b: {{ .x }}, c: 1}\n', { op: 'remove', path: ['a', 'c'] }],
    ['a: {b: {{ .x }}, c: 1}\n', { op: 'rename', path: ['a', 'c'], key: 'd' }],
  ])('%j does not take %j', (source, edit) => {
    expect(apply(source, edit)).toMatch(/^refused: template-syntax/);
  });

  describe('with a document that is YAML', () => {
    const source =
      '{{- if .x }}\na: 1\n---\n{{- end }}\n---\na: 1 # one\nl: [1]\n---\nb: {{ .y }} z\n';
    const document = 2;

    it.each<[YamlEdit, string]>([
      [
        { op: 'set', path: ['a'], value: 2, document },
        source.replace('1 # one', '2 # one'),
      ],
      [
        { op: 'append', path: ['l'], value: 2, document },
        source.replace('[1]', '[1, 2]'),
      ],
      [
        { op: 'remove', path: ['a'], document },
        source.replace('a: 1 # one\n', ''),
      ],
      [
        { op: 'set', path: ['a'], value: 2, document: 0 },
        'refused: template-syntax 1',
      ],
      [
        { op: 'set', path: ['b'], value: 2, document: 3 },
        'refused: template-syntax 9',
      ],
    ])('%j', (edit, expected) => {
      expect(apply(source, edit)).toBe(expected);
    });
  });

  it.each([
    'a: {b: {{ .x }}, c: 1}\n',
    'a:\n  c: 1\n{{- if .x }}\nb: 1\n{{- end }}\n',
  ])('%j is refused', source => {
    expect(apply(source, { op: 'set', path: ['a', 'c'], value: 2 })).toMatch(
      /^refused: template-syntax/,
    );
  });
});

it.each<[string, YamlEdit, string]>([
  [
    '-   a: 1\n    b: 2\n',
    { op: 'append', path: [], value: { a: 3, b: 4 } },
    '-   a: 1\n    b: 2\n-   a: 3\n    b: 4\n',
  ],
  ['a: 1\n\nb: 2\n\nc: 3\n', { op: 'remove', path: ['b'] }, 'a: 1\n\nc: 3\n'],
  ['a: 1\n\nb: 2\n', { op: 'remove', path: ['b'] }, 'a: 1\n'],
  ['a: 1\nb: 2\n\nc: 3\n', { op: 'remove', path: ['b'] }, 'a: 1\n\nc: 3\n'],
])('keeps the spacing of %j', (text, edit, expected) => {
  expect(apply(text, edit)).toBe(expected);
});

it('keeps the line ends of a file that loses its last lines', () => {
  expect(apply(crlf('v: 1\n\ns:\n  a: 1'), { op: 'remove', path: ['s'] })).toBe(
    'v: 1',
  );
  expect(apply('v:\n\n  a: 1', { op: 'remove', path: ['v', 'a'] })).toBe(
    'v: {}',
  );
});

it('edits ten thousand lines', () => {
  const lines = Array.from(
    { length: 10_000 },
    (_line, index) => `key${index}: value # ${index}\n`,
  );
  const edited = apply(lines.join(''), {
    op: 'set',
    path: ['key7000'],
    value: 'v2',
  });
  lines[7000] = 'key7000: v2 # 7000\n';
  expect(edited).toBe(lines.join(''));
});
