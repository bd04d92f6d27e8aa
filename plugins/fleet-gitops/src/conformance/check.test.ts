import { checkGoldenCase, goldenCaseKind } from '.';

const list = {
  name: 'list',
  applicationSet: {
    metadata: { name: 'fleet' },
    spec: {
      generators: [{ list: { elements: [{ cluster: 'eu' }] } }],
      template: {
        metadata: { name: 'payments-{{cluster}}' },
        spec: {
          project: 'default',
          source: { repoURL: 'https://git.example.com/fleet', path: 'a' },
          destination: { name: 'eu' },
        },
      },
    },
  },
};
const generated = {
  metadata: {
    name: 'payments-eu',
    namespace: 'argocd',
    finalizers: ['resources-finalizer.argocd.argoproj.io'],
  },
  spec: list.applicationSet.spec.template.spec,
};
const chart = {
  'Chart.yaml': 'apiVersion: v2\nname: app\nversion: 0.1.0\n',
  'templates/a.yaml': 'a: {{ .Values.a }}\nb: {{ required "say b" .Values.b }}',
};
const glob = { glob: 'path' as const, pattern: 'a*', files: ['ab', 'b', 'a'] };

/** Each case in a right and in some wrong versions: a check that passes everything would be worth nothing. */
describe('checkGoldenCase', () => {
  it.each<[string, object, RegExp | undefined]>([
    [
      'the Applications',
      { ...list, expect: { applications: [generated] } },
      undefined,
    ],
    [
      'a missing Application',
      { ...list, expect: { applications: [] } },
      /^0 expected, 1 got\n\+ .*payments-eu/,
    ],
    [
      'another field',
      {
        ...list,
        expect: {
          applications: [
            {
              ...generated,
              spec: { ...generated.spec, project: 'shop' },
            },
          ],
        },
      },
      /^1 expected, 1 got\npayments-eu\n[^]*- {2}"project": "shop",\n\+ {2}"project": "default",/,
    ],
    [
      'a set that should fail',
      { ...list, expect: { error: { reason: 'X', message: 'm' } } },
      /^expected the error X \(m\)/,
    ],
    [
      'a text',
      { template: '{{ .a }}', params: { a: 1 }, expect: { output: '1' } },
      undefined,
    ],
    [
      'another text',
      { template: '{{ .a }}', params: { a: 1 }, expect: { output: '2' } },
      /\n-2\n.*\n\+1\n/,
    ],
    [
      'a text without Go templates',
      {
        template: '{{a}}',
        goTemplate: false,
        params: { a: 'x' },
        expect: { output: 'x' },
      },
      undefined,
    ],
    [
      'a template that fails',
      { template: '{{ fail "no" }}', expect: { error: 'no' } },
      undefined,
    ],
    [
      'a template that should fail',
      { template: 'x', expect: { error: 'no' } },
      /^expected the error no, got "x"/,
    ],
    ['matches', { ...glob, expect: { matches: ['a', 'ab'] } }, undefined],
    ['other matches', { ...glob, expect: { matches: ['a', 'b'] } }, /-b\n\+ab/],
    [
      'a pattern that fails',
      { ...glob, pattern: '[', expect: { error: 'bad' } },
      undefined,
    ],
    [
      'an unknown language',
      { ...glob, glob: 'regex', expect: { matches: [] } },
      /there is no glob "regex"/,
    ],
    [
      'a chart',
      {
        chart,
        values: ['a: 1\nb: 2\n'],
        expect: { manifests: { 'app/templates/a.yaml': 'a: 1\nb: 2' } },
      },
      undefined,
    ],
    [
      'another manifest',
      {
        chart,
        values: ['a: 1\nb: 2\n'],
        expect: { manifests: { 'app/templates/b.yaml': '' } },
      },
      /^\+ app\/templates\/a.yaml\n- app\/templates\/b.yaml$/,
    ],
    [
      "an author's message",
      {
        chart,
        expect: {
          error: 'execution error at (app/templates/a.yaml:2:6): say c',
        },
      },
      /say b/,
    ],
    [
      'any other error',
      { chart: { 'Chart.yaml': '{' }, expect: { error: 'whatever' } },
      undefined,
    ],
    ['no expectation', { template: 'x' }, /has no `expect`/],
    ['nothing known', { expect: {} }, /has no known kind/],
  ])('%s', (name, input, difference) => {
    const answer = checkGoldenCase({ name, ...input } as any);
    expect(answer ?? 'none').toMatch(difference ?? /^none$/);
  });

  it('tells the kind from what a case contains', () => {
    const kindOf = (input: object) => goldenCaseKind(input as any);
    expect(kindOf({ ...list, expect: { created: [] } })).toBe('reconcile');
    expect(kindOf({ ...list, expect: { applications: [] } })).toBe(
      'applications',
    );
    expect(kindOf({ kind: 'glob' })).toBe('glob');
    expect(kindOf({ kind: 'quiz' })).toBeUndefined();
  });
});
