import { parseManifests } from './manifests';

const manifest = (spec: string) =>
  `kind: Application\nmetadata: {name: shop}\nspec:\n${spec}`;

const specOf = (spec: string) =>
  parseManifests('shop.yaml', manifest(spec)).objects[0]?.object.spec;

describe('parseManifests', () => {
  it.each<[string, string, unknown]>([
    [
      'words for true and false',
      '  prune: yes\n  selfHeal: off\n',
      { prune: true, selfHeal: false },
    ],
    [
      'numbers with other bases and underscores',
      '  a: 010\n  b: 0x10\n  c: 1_000\n  d: 1e3\n',
      { a: 8, b: 16, c: 1000, d: 1000 },
    ],
    [
      'texts that look like more',
      '  a: 2024-01-01\n  b: 1:30\n  c: "yes"\n  d: v1.10\n',
      { a: '2024-01-01', b: '1:30', c: 'yes', d: 'v1.10' },
    ],
    [
      'merge keys, and the last of two keys',
      '  a: &a {x: 1}\n  b: {<<: *a, z: 2}\n  c: 1\n  c: 2\n',
      { a: { x: 1 }, b: { x: 1, z: 2 }, c: 2 },
    ],
    [
      'brackets that close at the margin',
      '  a: [1,\n2\n]\n  b: 1\n',
      { a: [1, 2], b: 1 },
    ],
  ])('reads %s as kubectl does', (_case, spec, expected) => {
    expect(specOf(spec)).toEqual(expected);
  });

  it.each([
    ['a: [1\n  b: 2\n', 6],
    ['  a: 1\n  b: {{ .x }}\n', 5],
    ['  null: 1\n', 1],
    ['  a: .nan\n', 1],
  ])('names the line of a problem in %j', (spec, line) => {
    const { objects, problem } = parseManifests('shop.yaml', manifest(spec));
    expect(objects).toEqual([]);
    expect(problem).toMatchObject({ file: 'shop.yaml', line });
  });

  it('counts documents, and gives the items of a list', () => {
    const text = `# none\n---\n${manifest(
      '  a: 1\n',
    )}---\nkind: List\nmetadata: {}\nitems:\n- {kind: A, metadata: {name: one}}\n- {kind: B, metadata: {name: two}}\n`;
    expect(
      parseManifests('shop.yaml', text).objects.map(({ object, document }) => [
        object.kind,
        document,
      ]),
    ).toEqual([
      ['Application', 0],
      ['A', 1],
      ['B', 1],
    ]);
  });
});
