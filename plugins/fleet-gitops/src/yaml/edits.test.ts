import { appendListItem, removeKey, setMapEntry, setScalar } from '.';
import type { YamlPath, YamlValue } from '.';

const crlf = (text: string) => text.replace(/\n/g, '\r\n');

describe('setScalar', () => {
  it.each<[string, string, YamlPath, string | number | boolean | null, string]>(
    [
      [
        'plain stays plain',
        'tag: 1.4.2 # current\n',
        ['tag'],
        '1.5.0',
        'tag: 1.5.0 # current\n',
      ],
      [
        'a string that is a number to others is quoted',
        'tag: v1\n',
        ['tag'],
        '1.10',
        'tag: "1.10"\n',
      ],
      [
        'a commit of digits and an e is quoted',
        'tag: abc\n',
        ['tag'],
        '12345e6',
        'tag: "12345e6"\n',
      ],
      ['YAML 1.1 booleans are quoted', 'a: b\n', ['a'], 'on', 'a: "on"\n'],
      ['a dot alone is quoted', 'a: b\n', ['a'], '.', 'a: "."\n'],
      ['dates are quoted', 'a: b\n', ['a'], '2024-05-01', 'a: "2024-05-01"\n'],
      ['times are quoted', 'a: b\n', ['a'], '12:30:45', 'a: "12:30:45"\n'],
      ['single quotes stay', "a: 'b'\n", ['a'], "it's", "a: 'it''s'\n"],
      ['double quotes stay', 'a: "b"\n', ['a'], 'c', 'a: "c"\n'],
      ['a boolean becomes a string', 'a: true\n', ['a'], 'true', 'a: "true"\n'],
      ['a string becomes a boolean', 'a: "true"\n', ['a'], true, 'a: true\n'],
      ['a number', 'replicas: 3\n', ['replicas'], 5, 'replicas: 5\n'],
      ['null', 'a: b\n', ['a'], null, 'a: null\n'],
      [
        'text with a colon, a hash, a quote',
        'a: b\n',
        ['a'],
        'x: "y" # z',
        'a: "x: \\"y\\" # z"\n',
      ],
      [
        'an empty value',
        'a: # todo\nb: 1\n',
        ['a'],
        'x',
        'a: x # todo\nb: 1\n',
      ],
      [
        'an empty list item',
        'l:\n  -\n  - b\n',
        ['l', 0],
        'a',
        'l:\n  - a\n  - b\n',
      ],
      [
        'a key without colon in braces',
        'a: {b, c: 1}\n',
        ['a', 'b'],
        'x',
        'a: {b: x, c: 1}\n',
      ],
      [
        'in braces',
        '{"a": "b", "c": ["d"]}',
        ['c', 0],
        'e',
        '{"a": "b", "c": ["e"]}',
      ],
      [
        'one line for a block',
        'a: |- # why\n  one\n  two\n\nb: 1\n',
        ['a'],
        'x',
        'a: "x" # why\n\nb: 1\n',
      ],
      [
        'a block for a block',
        'a: |+\n   one\n\nb: 1\n',
        ['a'],
        'x\n y\n',
        'a: |\n   x\n    y\n\nb: 1\n',
      ],
      [
        'a folded text over several lines',
        'a: one\n  two\nb: 1\n',
        ['a'],
        'x',
        'a: x\nb: 1\n',
      ],
      [
        'with CRLF',
        crlf('# c\na:\n  b: 1\n'),
        ['a', 'b'],
        2,
        crlf('# c\na:\n  b: 2\n'),
      ],
      [
        'with a byte order mark and no final line break',
        '\ufeffa: b',
        ['a'],
        'c',
        '\ufeffa: c',
      ],
      [
        'an anchor that nothing repeats stays',
        'a: &x b\n',
        ['a'],
        'c',
        'a: &x c\n',
      ],
      [
        'what else looks odd stays',
        'id: 012345678901\nsha: 12345e6\nt: 1.4\n',
        ['t'],
        '1.5.0',
        'id: 012345678901\nsha: 12345e6\nt: 1.5.0\n',
      ],
      ['the same value is no change', 'a:   "b"\n', ['a'], 'b', 'a:   "b"\n'],
      [
        'inside quotes template syntax is a string',
        'a: "{{ .x }}"\nb: c\n',
        ['b'],
        'd',
        'a: "{{ .x }}"\nb: d\n',
      ],
    ],
  )('%s', (_case, text, path, value, expected) => {
    expect(setScalar(text, path, value)).toBe(expected);
  });

  it('edits one document of several', () => {
    expect(setScalar('a: 1\n---\na: 1\n...\n', ['a'], 2, { document: 1 })).toBe(
      'a: 1\n---\na: 2\n...\n',
    );
  });
});

describe('setMapEntry', () => {
  it.each<[string, string, YamlPath, string, YamlValue, string]>([
    [
      'behind the last entry and its comment',
      'a:\n  b: 1 # one\n  # about c\nd: 2\n',
      ['a'],
      'c',
      3,
      'a:\n  b: 1 # one\n  c: 3\n  # about c\nd: 2\n',
    ],
    [
      'in odd indents',
      'a:\n     b: 1\n',
      ['a'],
      'c',
      2,
      'a:\n     b: 1\n     c: 2\n',
    ],
    [
      'in the quotes of its neighbours',
      "a:\n  b: 'x'\n",
      ['a'],
      'c',
      'y',
      "a:\n  b: 'x'\n  c: 'y'\n",
    ],
    [
      'with blank lines as between its neighbours',
      'a: 1\n\nb: 2\n',
      [],
      'c',
      3,
      'a: 1\n\nb: 2\n\nc: 3\n',
    ],
    [
      'behind a nested value',
      'a:\n  b:\n    - x\n    -\n\nz: 1\n',
      ['a'],
      'c',
      1,
      'a:\n  b:\n    - x\n    -\n  c: 1\n\nz: 1\n',
    ],
    [
      'behind a block that keeps its line breaks',
      'a: |+\n  x\n\n---\nb: 1\n',
      [],
      'c',
      1,
      'a: |+\n  x\n\nc: 1\n---\nb: 1\n',
    ],
    [
      'in a map of a list item',
      '- a: 1\n- b: 1\n',
      [0],
      'c',
      2,
      '- a: 1\n  c: 2\n- b: 1\n',
    ],
    [
      'in an empty map',
      'a: {} # none\nb: 1\n',
      ['a'],
      'c',
      'on',
      'a: # none\n  c: "on"\nb: 1\n',
    ],
    [
      'in a map without value',
      'a:\n    b: 1\nlabels:\n',
      ['labels'],
      'c',
      1,
      'a:\n    b: 1\nlabels:\n    c: 1\n',
    ],
    ['in an empty root', '{}\n', [], 'a', 1, '{"a": 1}\n'],
    ['in braces', 'a: {b: 1}\n', ['a'], 'c', 'x', 'a: {b: 1, c: x}\n'],
    [
      'in empty braces inside braces',
      'a: [{}]\n',
      ['a', 0],
      'c',
      1,
      'a: [{c: 1}]\n',
    ],
    [
      'in JSON on several lines',
      '{\n  "a": "x"\n}\n',
      [],
      'b',
      'y',
      '{\n  "a": "x",\n  "b": "y"\n}\n',
    ],
    [
      'creating what is missing',
      'metadata:\n  name: x\n',
      ['metadata', 'labels'],
      'a',
      'true',
      'metadata:\n  name: x\n  labels:\n    a: "true"\n',
    ],
    [
      'lists and maps',
      'a:\n  b:\n  - 1\n',
      ['a'],
      'c',
      { d: ['0123', { e: {} }] },
      'a:\n  b:\n  - 1\n  c:\n    d:\n    - "0123"\n    - e: {}\n',
    ],
    ['a key that needs quotes', 'a: 1\n', [], 'on', 1, 'a: 1\n"on": 1\n'],
    ['an existing scalar', 'a: "1"\n', [], 'a', '2', 'a: "2"\n'],
    ['an existing list that is the same', 'a: [1]\n', [], 'a', [1], 'a: [1]\n'],
    [
      'with CRLF and no final line break',
      crlf('a:\n  b: 1'),
      ['a'],
      'c',
      2,
      crlf('a:\n  b: 1\n  c: 2'),
    ],
    [
      'with a byte order mark',
      '\ufeffa: 1\n',
      [],
      'b',
      2,
      '\ufeffa: 1\nb: 2\n',
    ],
  ])('%s', (_case, text, path, key, value, expected) => {
    expect(setMapEntry(text, path, key, value)).toBe(expected);
  });

  it.each<[string, { after?: string; before?: string }, string]>([
    [
      'behind a key',
      { after: 'a' },
      'm:\n  a: 1 # one\n  x: 0\n  # two\n  b: 2\n',
    ],
    [
      'in front of a key',
      { before: 'b' },
      'm:\n  a: 1 # one\n  x: 0\n  # two\n  b: 2\n',
    ],
    [
      'in front of the first',
      { before: 'a' },
      'm:\n  x: 0\n  a: 1 # one\n  # two\n  b: 2\n',
    ],
    [
      'at the end where the key is not there',
      { after: 'q' },
      'm:\n  a: 1 # one\n  # two\n  b: 2\n  x: 0\n',
    ],
  ])('puts an entry %s', (_case, place, expected) => {
    const text = 'm:\n  a: 1 # one\n  # two\n  b: 2\n';
    expect(setMapEntry(text, ['m'], 'x', 0, place)).toBe(expected);
  });
});

describe('removeKey', () => {
  it.each<[string, string, YamlPath, string]>([
    [
      'with its comment',
      'a: 1\nb: 2 # two\n# three\nc: 3\n',
      ['b'],
      'a: 1\n# three\nc: 3\n',
    ],
    [
      'with all that is below',
      'a:\n  b:\n  # inside\n  - c: |\n      x\n\nd: 1\n',
      ['a'],
      '\nd: 1\n',
    ],
    [
      'the last one leaves an empty map',
      'a:\n  b: 1 # one\nc: 1\n',
      ['a', 'b'],
      'a: {}\nc: 1\n',
    ],
    [
      'the first of a list item',
      '- a: 1 # x\n  # about b\n  b: 2\n',
      [0, 'a'],
      '- # about b\n  b: 2\n',
    ],
    ['at the end without line break', crlf('a: 1\nb: 2'), ['b'], 'a: 1'],
    ['what is not there', 'a: 1\n', ['b'], 'a: 1\n'],
    ['the first in braces', 'a: {b: 1, c: 2}\n', ['a', 'b'], 'a: {c: 2}\n'],
    ['the only one in braces', 'a: {b: 1} # x\n', ['a', 'b'], 'a: {} # x\n'],
    [
      'the last in JSON',
      '{\n  "a": 1,\n  "b": [1]\n}\n',
      ['b'],
      '{\n  "a": 1\n}\n',
    ],
  ])('%s', (_case, text, path, expected) => {
    expect(removeKey(text, path)).toBe(expected);
  });
});

describe('appendListItem', () => {
  it.each<[string, string, YamlPath, YamlValue, string]>([
    [
      'to a list below its key',
      'a:\n- x\n# end\nb: 1\n',
      ['a'],
      'z',
      'a:\n- x\n- z\n# end\nb: 1\n',
    ],
    ['to an indented list', 'a:\n   - x', ['a'], 'on', 'a:\n   - x\n   - "on"'],
    [
      'a map',
      'a:\n  - k: x\n    v: 1\n',
      ['a'],
      { k: 'z', v: '1' },
      'a:\n  - k: x\n    v: 1\n  - k: z\n    v: "1"\n',
    ],
    ['to an empty list', 'a: []\n', ['a'], 'x', 'a:\n  - x\n'],
    ['to a list without value', 'a:\nb: 1\n', ['a'], 'x', 'a:\n  - x\nb: 1\n'],
    [
      'to a list that is not there',
      'b:\n- 1\n',
      ['a'],
      'x',
      'b:\n- 1\na:\n- x\n',
    ],
    ['in brackets', 'a: ["x"]\n', ['a'], 'z', 'a: ["x", "z"]\n'],
    ['to the root', '- a\n', [], 'b', '- a\n- b\n'],
  ])('%s', (_case, text, path, value, expected) => {
    expect(appendListItem(text, path, value)).toBe(expected);
  });
});
