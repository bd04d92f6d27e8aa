import { withoutIgnored } from './helmIgnore';

const paths = [
  'Chart.yaml',
  'templates/a.yaml',
  'templates/.hidden.yaml',
  'ci/values.yaml',
  'docs/ci',
  'notes.md',
  'docs/deep/notes.md',
];

describe('withoutIgnored', () => {
  it.each<[string, string, string[]]>([
    ['hidden templates always', '', ['templates/.hidden.yaml']],
    [
      'names anywhere, comments aside',
      '# docs\n*.md\r\n',
      ['templates/.hidden.yaml', 'notes.md', 'docs/deep/notes.md'],
    ],
    [
      'directories with what is in them, not files of the name',
      'ci/',
      ['templates/.hidden.yaml', 'ci/values.yaml'],
    ],
    [
      'paths from the root',
      '/notes.md\ndocs/ci',
      ['templates/.hidden.yaml', 'docs/ci', 'notes.md'],
    ],
    [
      'all that a negated rule does not match',
      '!Chart.yaml',
      paths.filter(path => path !== 'Chart.yaml'),
    ],
  ])('leaves out %s', (_case, rules, expected) => {
    const files = new Map(paths.map(path => [path, '']));
    const left = withoutIgnored(new Map([...files, ['.helmignore', rules]]));
    expect(paths.filter(path => !left.has(path))).toEqual(expected);
  });

  it.each(['a/**', 'a['])('refuses %s', rule => {
    expect(() => withoutIgnored(new Map([['.helmignore', rule]]))).toThrow(
      `.helmignore: ${rule}: `,
    );
  });
});
