import {
  appendListItem,
  removeKey,
  setMapEntry,
  setScalar,
  YamlEditError,
} from '.';

describe('refusals', () => {
  const edit = (text: string) => () =>
    setMapEntry(text, ['a'], 'b', 'x', { file: 'f.yaml' });

  it.each<[string, string, number, () => unknown]>([
    ['invalid-yaml', 'does not parse', 2, edit('a:\n  b: [1')],
    ['invalid-yaml', 'tabs', 2, edit('a:\n\tb: 1\n')],
    ['template-syntax', 'a template', 1, edit('a: {{ .Values.a }}\n')],
    [
      'template-syntax',
      'lines of a template',
      2,
      edit('a:\n{{- if .x }}\n  c: 1\n{{- end }}\n'),
    ],
    [
      'duplicate-key',
      'a duplicate on the way',
      3,
      edit('a:\n  b: 1\na:\n  c: 1\n'),
    ],
    ['alias', 'an alias', 2, edit('x: &x {b: 1}\na: *x\n')],
    ['anchor', 'a repeated anchor', 1, edit('a: &x {b: 1}\nc: *x\n')],
    [
      'merge-key',
      'setting a key that may come from a merge',
      3,
      () =>
        setScalar('x: &x {b: 1}\na:\n  <<: *x\n', ['a', 'b'], 2, {
          file: 'f.yaml',
        }),
    ],
    [
      'merge-key',
      'a key in a map that comes from a merge',
      3,
      () =>
        setMapEntry('x: &x {b: {c: 1}}\na:\n  <<: *x\n', ['a', 'b'], 'd', 2, {
          file: 'f.yaml',
        }),
    ],
    [
      'merge-key',
      'removing a key that a merge brings back',
      4,
      () =>
        removeKey('x: &x {b: 1}\na:\n  <<: *x\n  b: 2\n', ['a', 'b'], {
          file: 'f.yaml',
        }),
    ],
    [
      'merge-key',
      'a list that may come from a merge',
      3,
      () =>
        appendListItem('x: &x {b: [1]}\na:\n  <<: *x\n', ['a', 'b'], 2, {
          file: 'f.yaml',
        }),
    ],
    [
      'tag',
      'a number where a tag says string',
      1,
      () => setScalar('a: !!str 5\n', ['a'], 6, { file: 'f.yaml' }),
    ],
    [
      'flow-collection',
      'comments in braces',
      1,
      edit('a: {c: 1, # one\n  d: 2, e: 3}\n'),
    ],
    ['complex-key', 'a complex key', 2, edit('a:\n  ? c\n  : 1\n')],
    ['not-a-map', 'a list where a map should be', 2, edit('a:\n  - 1\n')],
    [
      'tag',
      'a type of its own',
      1,
      () => setScalar('a: !!int "5"\n', ['a'], 'x', { file: 'f.yaml' }),
    ],
    [
      'missing',
      'a path that is not there',
      1,
      () => setScalar('a: 1\n', ['b'], 'x', { file: 'f.yaml' }),
    ],
    [
      'not-a-scalar',
      'a map where a scalar should be',
      2,
      () => setScalar('a:\n  b: 1\n', ['a'], 'x', { file: 'f.yaml' }),
    ],
    [
      'not-a-list',
      'a scalar where a list should be',
      1,
      () => appendListItem('a: 1\n', ['a'], 'x', { file: 'f.yaml' }),
    ],
    [
      'exists',
      'a key with another content',
      1,
      () => setMapEntry('a: [1]\n', [], 'a', [2], { file: 'f.yaml' }),
    ],
    [
      'anchor',
      'removing what an alias needs',
      2,
      () => removeKey('a:\n  b: &x 1\nc: *x\n', ['a'], { file: 'f.yaml' }),
    ],
    [
      'flow-collection',
      'removing beside comments in braces',
      1,
      () =>
        removeKey('a: {b: 1, # one\n  c: 2}\n', ['a', 'b'], { file: 'f.yaml' }),
    ],
  ])('%s: %s', (reason, _case, line, run) => {
    let error: unknown;
    try {
      run();
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(YamlEditError);
    expect(error).toMatchObject({
      name: 'ConflictError',
      reason,
      line,
      file: 'f.yaml',
    });
    expect((error as Error).message).toMatch(
      new RegExp(`^f\\.yaml:${line}: .+\\. [A-Z].+\\.$`),
    );
  });
});
