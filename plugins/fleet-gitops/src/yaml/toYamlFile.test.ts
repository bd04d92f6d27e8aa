import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { toYamlFile, YamlValue } from '.';

const manifest = {
  kind: 'Cluster',
  metadata: { labels: { tier: 'on', sha: '1234567' } },
  hosts: ['a', { port: 80 }],
};

describe('toYamlFile', () => {
  it.each<[string, { file?: string; like?: string }, string]>([
    [
      'in the usual way',
      {},
      'kind: Cluster\nmetadata:\n  labels:\n    tier: "on"\n    sha: "1234567"\nhosts:\n  - a\n  - port: 80\n',
    ],
    [
      'with the indentation and marker of a sibling',
      { like: '# ours\n---\na:\n    b:\n    - c\n' },
      '---\nkind: Cluster\nmetadata:\n    labels:\n        tier: "on"\n        sha: "1234567"\nhosts:\n- a\n- port: 80\n',
    ],
    [
      'with the quotes and line breaks of a sibling',
      { like: "\ufeffa: 'b'\r\nc: 1\r\n" },
      "\ufeffkind: 'Cluster'\r\nmetadata:\r\n  labels:\r\n    tier: 'on'\r\n    sha: '1234567'\r\nhosts:\r\n  - 'a'\r\n  - port: 80\r\n",
    ],
    [
      'as JSON',
      { file: 'clusters/a.json', like: '{\n\t"a": 1\n}' },
      '{\n\t"kind": "Cluster",\n\t"metadata": {\n\t\t"labels": {\n\t\t\t"tier": "on",\n\t\t\t"sha": "1234567"\n\t\t}\n\t},\n\t"hosts": [\n\t\t"a",\n\t\t{\n\t\t\t"port": 80\n\t\t}\n\t]\n}',
    ],
    [
      'in the usual way where the sibling is no YAML',
      { like: 'a: [' },
      'kind: Cluster\nmetadata:\n  labels:\n    tier: "on"\n    sha: "1234567"\nhosts:\n  - a\n  - port: 80\n',
    ],
  ])('writes %s', (_case, options, expected) => {
    expect(toYamlFile(manifest, options)).toBe(expected);
  });

  const misread = [
    ...['on', 'Off', 'yes', 'NO', 'y', 'n', 'true', 'False', 'null', '~', ''],
    ...['1e3', '0123', '0x1F', '0o17', '0b11', '1_000', '1:30', '190:20:30'],
    ...['12345678', '12345e67', '.5', '5.', '+1', '-.inf', '.NaN', 'Infinity'],
    ...['2026-01-31', '2026-1-3T04:05:06Z', '=', '<<', '---', '...', '- a'],
    ...['a: b', 'a #b', '#a', '&a', '*a', '!a', '|', '>', '%a', '@a', '`a'],
    ...['{a', '[a', '? a', ' a', 'a ', 'a\tb', 'a\nb', '"a', "'a", '\u2028'],
  ];

  it.each(misread)('quotes %j', text => {
    expect(toYamlFile({ a: text })).toMatch(/^a: ["']/);
    expect(toYamlFile([text])).toMatch(/^- ["']/);
    expect(toYamlFile({ [text]: 1 })).toMatch(/^["']/);
  });

  it.each(['v1.2.3', 'a-b_c', '1.2.3', 'https://a.example/b?c=d', 'a b'])(
    'leaves %j plain or quotes it where in doubt, the same for all readers',
    text => {
      for (const version of ['1.1', '1.2'] as const)
        expect(
          parseDocument(toYamlFile({ a: text }), { version }).toJS(),
        ).toEqual({ a: text });
    },
  );

  it('is read back as it was, by YAML 1.1 and 1.2', () => {
    const value = fc.letrec(tie => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.constantFrom(...misread),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(
          fc.oneof(
            fc.stringMatching(/^[a-z][a-z.-]{0,6}$/),
            fc.constantFrom(...misread),
          ),
          tie('any'),
          { maxKeys: 3, noNullPrototype: true },
        ),
      ),
    })).any as fc.Arbitrary<YamlValue>;
    const siblings = fc.constantFrom(
      undefined,
      'a:\n    b:\n    - c\n',
      'a: "b"\r\n',
      '{"a":1}',
    );
    fc.assert(
      fc.property(value, siblings, (content, like) => {
        const text = toYamlFile(content, { like });
        for (const version of ['1.1', '1.2'] as const)
          expect(parseDocument(text, { version }).toJS()).toEqual(content);
      }),
      { numRuns: 200 },
    );
  });
});
