import { checkEdit } from './editCheck';
import { sweepYamlEdits } from './editSweep';

const values = `# head
image: # which one
  tag: "1.4.2" # now
  args: [a, b]

# about hosts
hosts:
- name: one

- name: two
  ports: {http: 80}
script: |
  # no comment
  run
base: &base {a: 1}
copy: *base
`;

describe('sweepYamlEdits', () => {
  it('edits each scalar, map and list of a text in each way', () => {
    const swept = [...sweepYamlEdits(values)];
    expect(swept.filter(({ outcome }) => outcome === 'wrong')).toEqual([]);
    expect(swept.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'add 0:',
        'set 0:image.tag',
        'remove 0:hosts.1.ports.http',
        'rename 0:copy',
        'append 0:hosts',
        'insert 0:image.args',
      ]),
    );
    const refused = swept.filter(({ outcome }) => outcome === 'refused');
    expect(refused.map(({ name }) => name)).toEqual([
      'remove 0:base',
      'add 0:base',
      'remove 0:base.a',
      'rename 0:base.a',
      'set 0:base.a',
    ]);
  });

  it('makes only the selected edits', () => {
    const all = [...sweepYamlEdits(values)];
    const some = [...sweepYamlEdits(values, at => at % 5 === 0)];
    expect(some).toEqual(all.filter((_edit, at) => at % 5 === 0));
  });
});

describe('checkEdit', () => {
  const text = 'a: 1 # one\nb: 2\n';
  const edit = { op: 'set', path: ['a'], value: 5 } as const;
  const target = { positions: [0], range: [0, 4] as [number, number] };
  const check = (output: string) => checkEdit({ text, output, edit, target });

  it('accepts what was asked for', () => {
    expect(check('a: 5 # one\nb: 2\n')).toBeUndefined();
  });

  it.each([
    ['another value', 'a: 5 # one\nb: 3\n', /^YAML 1\.2 reads/],
    ['a type that is wrong', 'a: "5" # one\nb: 2\n', /^YAML 1\.2 reads/],
    ['a lost comment', 'a: 5\nb: 2\n', /comment # one is lost/],
    ['a new comment', 'a: 5 # one\nb: 2 # two\n', /comment # two appears/],
    ['another line', 'a: 5 # one\nb:  2\n', /another line changes too: b: 2/],
    ['the end', 'a: 5 # one\nb: 2', /line break at the end/],
    ['line breaks', 'a: 5 # one\r\nb: 2\n', /CRLF/],
    ['what cannot be read', 'a: 5 # one\nb: [\n', /cannot read it/],
  ])('finds %s', (_case, output, message) => {
    expect(check(output)).toMatch(message);
  });

  it('reads as YAML 1.1 does too', () => {
    const output = 'a: on # one\nb: 2\n';
    expect(
      checkEdit({ text, output, edit: { ...edit, value: 'on' }, target }),
    ).toMatch(/^YAML 1\.1 reads/);
  });
});
