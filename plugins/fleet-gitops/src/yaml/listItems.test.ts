import {
  applyYamlEdits,
  insertListItem,
  removeListItem,
  YamlEditError,
} from '.';
import type { YamlEdit, YamlPath, YamlValue } from '.';

const crlf = (text: string) => text.replace(/\n/g, '\r\n');

describe('insertListItem', () => {
  it.each<[string, string, YamlPath, number, YamlValue, string]>([
    [
      'in front of the first',
      'l:\n  - a\n  - b # two\n',
      ['l'],
      0,
      'x',
      'l:\n  - x\n  - a\n  - b # two\n',
    ],
    [
      'between two',
      'l:\n- a # one\n- b\n',
      ['l'],
      1,
      'x',
      'l:\n- a # one\n- x\n- b\n',
    ],
    ['behind the last', 'l:\n- a\n- b', ['l'], 2, 'x', 'l:\n- a\n- b\n- x'],
    [
      'into a list that is not there',
      'a: 1\n',
      ['l'],
      0,
      'x',
      'a: 1\nl:\n  - x\n',
    ],
    [
      'comments above an item stay with it',
      'l:\n  # one\n  - a\n  # two\n  - b\n',
      ['l'],
      1,
      'x',
      'l:\n  # one\n  - a\n  - x\n  # two\n  - b\n',
    ],
    [
      'comments above the first item stay with it',
      'l: # all\n  # one\n  - a\n',
      ['l'],
      0,
      'x',
      'l: # all\n  - x\n  # one\n  - a\n',
    ],
    [
      'the head of the file stays at its top',
      '# head\n- a\n',
      [],
      0,
      'x',
      '# head\n- x\n- a\n',
    ],
    [
      'blank lines between items',
      'l:\n- a\n\n- b\n',
      ['l'],
      1,
      'x',
      'l:\n- a\n\n- x\n\n- b\n',
    ],
    [
      'blank lines, in front',
      'l:\n- a\n\n- b\n',
      ['l'],
      0,
      'x',
      'l:\n- x\n\n- a\n\n- b\n',
    ],
    [
      'a map into maps',
      'l:\n  - name: a\n    v: 1\n  - name: b\n',
      ['l'],
      1,
      { name: 'x', v: [1] },
      'l:\n  - name: a\n    v: 1\n  - name: x\n    v:\n      - 1\n  - name: b\n',
    ],
    [
      'a list in a list',
      '- - a\n  - b\n',
      [0],
      0,
      'x',
      '- - x\n  - a\n  - b\n',
    ],
    [
      'behind a block scalar',
      'l:\n- |\n  one\n\n- b\n',
      ['l'],
      1,
      'x',
      'l:\n- |\n  one\n\n- x\n\n- b\n',
    ],
    ['in brackets', 'l: [a, b]\n', ['l'], 1, 'x y', 'l: [a, x y, b]\n'],
    ['in JSON', '{"l": ["a"]}\n', ['l'], 0, 'x', '{"l": ["x", "a"]}\n'],
    [
      'with the quotes of its neighbours',
      "l:\n- 'a'\n- 'b'\n",
      ['l'],
      1,
      'x',
      "l:\n- 'a'\n- 'x'\n- 'b'\n",
    ],
    [
      'with CRLF',
      crlf('l:\n  - a\n  - b\n'),
      ['l'],
      1,
      'x',
      crlf('l:\n  - a\n  - x\n  - b\n'),
    ],
  ])('%s', (_case, text, path, index, value, expected) => {
    expect(insertListItem(text, path, index, value)).toBe(expected);
  });
});

describe('removeListItem', () => {
  it.each<[string, string, YamlPath, string]>([
    ['the first', 'l:\n  - a\n  - b # two\n', ['l', 0], 'l:\n  - b # two\n'],
    [
      'the comment behind it goes, the one above stays',
      'l:\n  # one\n  - a # first\n  - b\n',
      ['l', 0],
      'l:\n  # one\n  - b\n',
    ],
    [
      'the last, in a file without final line break',
      'l:\n- a\n- b',
      ['l', 1],
      'l:\n- a',
    ],
    ['the only one', 'l: # all\n- a\nz: 1\n', ['l', 0], 'l: [] # all\nz: 1\n'],
    [
      'the only one, in a file without final line break',
      'l:\n  - a',
      ['l', 0],
      'l: []',
    ],
    [
      'the only one at the root',
      '# head\n- a: 1\n  b: 2\n',
      [0],
      '# head\n[]\n',
    ],
    [
      'the only one with an anchor on the list',
      'l: &x\n  - a\n',
      ['l', 0],
      'l: &x []\n',
    ],
    [
      'a map of several lines',
      'l:\n- name: a\n  v:\n  - 1\n- name: b\n',
      ['l', 0],
      'l:\n- name: b\n',
    ],
    [
      'one line less between blank lines',
      'l:\n- a\n\n- b\n\n- c\n',
      ['l', 1],
      'l:\n- a\n\n- c\n',
    ],
    ['the last behind a blank line', 'l:\n- a\n\n- b\n', ['l', 1], 'l:\n- a\n'],
    ['the first of a list in a list', '- - a\n  - b\n', [0, 0], '- - b\n'],
    ['a block scalar', 'l:\n- |\n  one\n\n  two\n- b\n', ['l', 0], 'l:\n- b\n'],
    [
      'an alias',
      'x: &x a\nl:\n- *x # again\n- b\n',
      ['l', 0],
      'x: &x a\nl:\n- b\n',
    ],
    [
      'an alias in brackets',
      'x: &x a\nl: [b, *x]\n',
      ['l', 1],
      'x: &x a\nl: [b]\n',
    ],
    ['an empty item', 'l:\n-\n- b\n', ['l', 0], 'l:\n- b\n'],
    ['in brackets', 'l: [a, b, c]\n', ['l', 1], 'l: [a, c]\n'],
    ['with CRLF', crlf('l:\n  - a\n  - b\n'), ['l', 1], crlf('l:\n  - a\n')],
  ])('%s', (_case, text, path, expected) => {
    expect(removeListItem(text, path)).toBe(expected);
  });
});

describe('refusals', () => {
  it.each<[string, string, number, () => unknown]>([
    [
      'missing',
      'an index behind the end',
      1,
      () => insertListItem('l: [a]\n', ['l'], 2, 'x'),
    ],
    [
      'missing',
      'a negative index',
      1,
      () => insertListItem('l: [a]\n', ['l'], -1, 'x'),
    ],
    ['missing', 'no such item', 1, () => removeListItem('l: [a]\n', ['l', 1])],
    ['not-a-list', 'a map', 1, () => removeListItem('l: {a: 1}\n', ['l', 'a'])],
    [
      'not-a-list',
      'a scalar',
      1,
      () => insertListItem('l: 1\n', ['l'], 0, 'x'),
    ],
    [
      'anchor',
      'an item that an alias repeats',
      2,
      () => removeListItem('l:\n- &x a\n- *x\n', ['l', 0]),
    ],
    [
      'alias',
      'a list that is an alias',
      2,
      () => insertListItem('a: &x [1]\nb: *x\n', ['b'], 0, 'y'),
    ],
    [
      'unverified',
      'a comment that would become text',
      4,
      () => removeListItem('l:\n- |\n  one\n- b\n  # c\n- d\n', ['l', 1]),
    ],
    [
      'exists',
      'a key to add that is there',
      2,
      () =>
        applyYamlEdits('a:\n  b: 1\n', [
          { op: 'add', path: ['a'], key: 'b', value: 1 },
        ]),
    ],
  ])('%s: %s', (reason, _case, line, run) => {
    let error: unknown;
    try {
      run();
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(YamlEditError);
    expect(error).toMatchObject({ reason, line });
  });
});

describe('applyYamlEdits', () => {
  it('applies each edit to what the one before it left', () => {
    const edits: YamlEdit[] = [
      { op: 'set', path: ['image', 'tag'], value: '1.10' },
      { op: 'add', path: ['image'], key: 'pull', value: 'Always' },
      { op: 'append', path: ['regions'], value: 'eu' },
      { op: 'insert', path: ['regions'], index: 0, value: 'us' },
      { op: 'remove', path: ['regions', 1] },
      { op: 'remove', path: ['replicas'] },
      { op: 'remove', path: ['not', 'there'] },
      { op: 'set', path: ['kind'], value: 'B', document: 1 },
    ];
    expect(
      applyYamlEdits(
        'image:\n    tag: v1 # now\nreplicas: 2\nregions: []\n---\nkind: A\n',
        edits,
      ),
    ).toBe(
      'image:\n    tag: "1.10" # now\n    pull: "Always"\nregions:\n    - us\n---\nkind: B\n',
    );
  });

  it('removes a key whose value is an alias', () => {
    expect(
      applyYamlEdits('a: &x 1\nb: *x\nc: {d: *x, e: 2}\n', [
        { op: 'remove', path: ['b'] },
        { op: 'remove', path: ['c', 'd'] },
      ]),
    ).toBe('a: &x 1\nc: {e: 2}\n');
  });

  it('removes a key that is a number', () => {
    expect(
      applyYamlEdits('ports:\n  80: a\n  81: b\n', [
        { op: 'remove', path: ['ports', 80] },
      ]),
    ).toBe('ports:\n  81: b\n');
  });
});
