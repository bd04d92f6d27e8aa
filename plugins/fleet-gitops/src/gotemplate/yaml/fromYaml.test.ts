import { unmarshalYaml } from './fromYaml';

// The expectations are the answers of sigs.k8s.io/yaml 1.6, which Argo CD and Helm read YAML with.
describe('unmarshalYaml', () => {
  it.each<[string, string, unknown]>([
    ['nothing but white space', ' \n', null],
    [
      'lines in brackets that are less indented than the block',
      'a:\n  b: [1,\n  2]\n  c: {d: 1,\ne: 2\n}\nf: 3\n',
      { a: { b: [1, 2], c: { d: 1, e: 2 } }, f: 3 },
    ],
    [
      'lines in quotes that are less indented than the block',
      "a:\n  - b: \"x\n  y\"\n    c: 'it''s\n\n z'\n",
      { a: [{ b: 'x y', c: "it's\nz" }] },
    ],
    [
      'a block scalar with brackets beside such lines',
      'a:\n  t: |\n    [x\n    "y\n  b: [1,\n  2]\n',
      { a: { t: '[x\n"y\n', b: [1, 2] } },
    ],
    ['a comment right behind a bracket', 'a: {b: 1}#c\n', { a: { b: 1 } }],
    ['nothing left of an indented first document', ' a: 1\nb: 2\n', { a: 1 }],
    [
      'a tab behind the spaces of an empty line',
      'a: b\n  \t\nc: d\n',
      { a: 'b', c: 'd' },
    ],
    ['tabs in quotes', 'a: "b\n\t\n  c"\n', { a: 'b\nc' }],
    ['tabs in brackets', 'a: [b,\n\t\n  c]\n', { a: ['b', 'c'] }],
    ['tabs of another document', 'a: 1\n---\n\t\n', { a: 1 }],
    ['a tab where the indentation is given', 'a: |1\n \tx\n', { a: '\tx\n' }],
  ])('reads %s', (_case, text, expected) => {
    expect(unmarshalYaml(text)).toEqual(expected);
  });

  it.each([
    ['a control character', 'a: \u0001\n', 'control characters'],
    ['half a character', 'a: \ud83d\n', 'control characters'],
    [
      'a character in two escapes',
      '{"a": "\\ud83d\\ude00"}',
      'Unicode character escape',
    ],
    ['the escape of a slash', '{"a": "b\\/c"}', 'unknown escape'],
    [
      'the end of a document that has not begun',
      '# c\n...\na: 1\n',
      'node content',
    ],
    ['a tab on an empty line', 'a:\n\t\n  b: 1\n', 'cannot start any token'],
    [
      'a tab on an empty line behind a value',
      'a: "b"\n \t\nc: d\n',
      'cannot start any token',
    ],
    ['a tab at the start of a block scalar', 'a: |\n  \tx\n', 'tab character'],
    ['brackets that stay open', 'a: [1,\nb: 2\n', 'error converting YAML'],
  ])('refuses %s', (_case, text, message) => {
    expect(() => unmarshalYaml(text)).toThrow(message);
  });
});
