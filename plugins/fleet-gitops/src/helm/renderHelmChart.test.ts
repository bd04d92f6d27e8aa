import { HelmError, renderHelmChart } from '.';

const CHART = 'apiVersion: v2\nname: shop\nversion: 1.0.0\n';

function render(files: Record<string, string>, values?: string) {
  return renderHelmChart({
    chart: new Map(Object.entries({ 'Chart.yaml': CHART, ...files })),
    valueFiles: values === undefined ? [] : [values],
    release: { name: 'shop', namespace: 'web' },
  });
}

function failure(files: Record<string, string>, values?: string): HelmError {
  try {
    render(files, values);
  } catch (error) {
    expect(error).toBeInstanceOf(HelmError);
    return error as HelmError;
  }
  throw new Error('the chart renders');
}

describe('renderHelmChart', () => {
  it('renders templates with values, helpers and built-in objects', () => {
    const rendered = render(
      {
        'values.yaml':
          'image:\n  repository: shop\n  tag: "1.0"\nreplicas: 2\n',
        'templates/_helpers.tpl':
          '{{- define "shop.labels" -}}\napp: {{ .Chart.Name }}\nrelease: {{ .Release.Name }}\n{{- end }}\n',
        'templates/deployment.yaml':
          'labels:\n  {{- include "shop.labels" . | nindent 2 }}\nimage: "{{ .Values.image.repository }}:{{ .Values.image.tag | default "latest" }}"\nreplicas: {{ .Values.replicas }}\nnamespace: {{ .Release.Namespace | quote }}\n',
      },
      'image:\n  tag: "2.0"\n',
    );
    expect(Object.fromEntries(rendered)).toEqual({
      'shop/templates/deployment.yaml':
        'labels:\n  app: shop\n  release: shop\nimage: "shop:2.0"\nreplicas: 2\nnamespace: "web"\n',
    });
  });

  it.each([
    ['{{ fromJson "null" | toJson }}', 'null'],
    ['{{ fromJson "null" | deepCopy | toJson }}', 'null'],
    ['{{ len (fromJson "null") }}{{ (fromJson "null").a }}', '0'],
    ['{{ fromJsonArray "null" | toYaml }}', 'null'],
    // Unlike JSON's.
    ['{{ fromYaml "null" | toJson }}', '{}'],
    ['{{ fromYamlArray "" | toJson }}', '[]'],
  ])('reads null as Go does: %s', (template, text) => {
    const rendered = render({ 'templates/a.yaml': template });
    expect(rendered.get('shop/templates/a.yaml')).toBe(text);
  });

  it('names the template and the line of an error', () => {
    expect(
      failure({ 'templates/a.yaml': 'a: 1\nb: {{ .Values.x.y }}\n' }),
    ).toMatchObject({
      path: 'shop/templates/a.yaml',
      line: 2,
      notEvaluable: false,
    });
  });

  describe('dependencies', () => {
    const chart = (name: string, rest = '') =>
      `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${rest}`;
    const paths = (files: Record<string, string>, values?: string) => [
      ...render({ 'templates/a.yaml': 'x', ...files }, values).keys(),
    ];
    const twice = {
      'Chart.yaml': chart(
        'shop',
        'dependencies:\n- {name: db, version: 1.x}\n- {name: db, version: 1.x, alias: cache}\n',
      ),
      'charts/db/templates/d.yaml': 'x',
      'charts/db/charts/log/Chart.yaml': chart('log'),
      'charts/db/charts/log/templates/l.yaml': 'x',
    };

    it('keeps what a chart that is used twice contains in one place, as Helm does', () => {
      // The subcharts of both are the same objects to Helm, whose parent is the chart as it was loaded.
      expect(paths({ ...twice, 'charts/db/Chart.yaml': chart('db') })).toEqual([
        'shop/charts/cache/templates/d.yaml',
        'shop/charts/db/charts/log/templates/l.yaml',
        'shop/charts/db/templates/d.yaml',
        'shop/templates/a.yaml',
      ]);
    });

    it('gives a subchart its alias in the first of two uses only, as Helm does', () => {
      expect(
        paths({
          ...twice,
          'charts/db/Chart.yaml': chart(
            'db',
            'dependencies:\n- {name: log, version: 1.x, alias: audit}\n',
          ),
        }),
      ).toEqual([
        'shop/charts/cache/charts/log/templates/l.yaml',
        'shop/charts/cache/templates/d.yaml',
        'shop/charts/db/charts/audit/templates/l.yaml',
        'shop/charts/db/templates/d.yaml',
        'shop/templates/a.yaml',
      ]);
    });

    it('shows templates the imports as pairs of paths', () => {
      const rendered = render({
        'Chart.yaml': chart(
          'shop',
          'dependencies:\n- name: db\n  version: 1.x\n  import-values: [data]\n',
        ),
        'charts/db/Chart.yaml': chart('db'),
        'charts/db/values.yaml': 'exports: {data: {port: 5432}}\n',
        'templates/a.yaml':
          '{{ range .Chart.Dependencies }}{{ toJson .ImportValues }}{{ end }} {{ .Values.port }}',
      });
      expect(rendered.get('shop/templates/a.yaml')).toBe(
        '[{"child":"exports.data","parent":"."}] 5432',
      );
    });

    it.each([
      ['dependencies:\n- {name: db}\n- {name: db}\n', /two.*"db".*alias/],
      ['dependencies:\n- {name: db, alias: a.b}\n', /alias "a\.b"/],
      ['dependencies: [null]\n', /dependencies must be a list of maps/],
      ['keywords: shop\n', /keywords must be a list of texts/],
      ['Home: [a]\n', /Home must be a text/],
      ['deprecated: "yes"\n', /deprecated must be true or false/],
    ])('refuses a Chart.yaml with %j', (rest, message) => {
      const error = failure({ 'Chart.yaml': chart('shop', rest) });
      expect(error.message).toMatch(message);
      expect(error.path).toBe('Chart.yaml');
    });

    it('makes one line of texts in Chart.yaml, whose names may have any case', () => {
      const rendered = render({
        'Chart.yaml': chart('shop', 'DESCRIPTION: |\n  two\n  lines\n'),
        'templates/a.yaml': '{{ .Chart.Description }}',
      });
      expect(rendered.get('shop/templates/a.yaml')).toBe('two lines ');
    });
  });

  it('names the file of invalid YAML', () => {
    expect(failure({ 'values.yaml': 'a: [1' })).toMatchObject({
      path: 'values.yaml',
    });
    expect(failure({}, 'a: "').message).toMatch(
      /^values file 1 is no valid YAML/,
    );
  });

  it.each([
    ['random values', { 'templates/a.yaml': 'password: {{ randAlphaNum 8 }}' }],
    ['the time', { 'templates/a.yaml': 'at: {{ now | date "2006" }}' }],
    ['packed subcharts', { 'charts/db-1.0.0.tgz': '' }],
    ['fromToml', { 'templates/a.yaml': '{{ fromToml "a = 1" }}' }],
  ])('says that %s are not evaluable', (_, files) => {
    expect(failure(files as Record<string, string>)).toMatchObject({
      notEvaluable: true,
    });
  });

  it('answers an error for templates that include each other without end', () => {
    const files = {
      'templates/_a.tpl': '{{ define "a" }}{{ include "a" . }}{{ end }}',
      'templates/a.yaml': '{{ include "a" . }}',
    };
    expect(failure(files)).toMatchObject({ path: 'shop/templates/a.yaml' });
  });

  it('leaves the given values as they are', () => {
    const set = { labels: { team: 'web' } };
    renderHelmChart({
      chart: new Map([
        ['Chart.yaml', CHART],
        ['templates/a.yaml', '{{ $_ := set .Values.labels "team" "other" }}'],
      ]),
      set,
    });
    expect(set).toEqual({ labels: { team: 'web' } });
  });

  it('writes `.Chart` as JSON in the order of its fields, with what Chart.yaml may say only', () => {
    const rendered = render({
      'Chart.yaml':
        'version: 1.0.0\nname: shop\nextra: 1\napiVersion: v2\nkeywords: [a]\ndescription: ""\ndependencies: [{version: 1.x, name: db, tags: [x]}]\n',
      'charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.2.0\n',
      'templates/a.txt': '{{ toJson .Chart }}',
    });
    expect(rendered.get('shop/templates/a.txt')).toBe(
      '{"name":"shop","version":"1.0.0","keywords":["a"],"apiVersion":"v2","dependencies":[{"name":"db","version":"1.x","repository":"","tags":["x"],"enabled":true}],"IsRoot":true}',
    );
  });

  it.each(['bad', '1.2.', 'v1.0.0.0', '1.0.0-01'])(
    'refuses the version %s',
    version => {
      expect(
        failure({
          'Chart.yaml': `apiVersion: v2\nname: shop\nversion: ${version}\n`,
        }).message,
      ).toContain(version);
    },
  );

  it('says of `fromJson` what is wrong with the text’s kind', () => {
    const rendered = render({
      'templates/a.txt':
        '{{ (fromJson "1").Error }}; {{ fromJsonArray "{}" | first }}',
    });
    expect(rendered.get('shop/templates/a.txt')).toBe(
      'json: cannot unmarshal number into Go value of type map[string]interface {}; json: cannot unmarshal object into Go value of type []interface {}',
    );
  });

  it.each([
    ['dict "a" 1000000.0 "b" 0.5 "c" 2.0', 'a = 1e+06\nb = 0.5\nc = 2.0\n'],
    [
      'dict "t" (toDate "2006-01-02" "2024-01-01")',
      't = 2024-01-01T00:00:00Z\n',
    ],
    // What is no table is written as it would be behind a key.
    ['list "a" (dict "b" 1)', '["a", {b = 1}]'],
    ['1.5', '1.5'],
  ])('writes %s as TOML', (value, text) => {
    const rendered = render({ 'templates/a.txt': `{{ toToml (${value}) }}` });
    expect(rendered.get('shop/templates/a.txt')).toBe(text);
  });

  it('has no TOML for nothing', () => {
    expect(
      failure({ 'templates/a.txt': '{{ toToml .Values.nope }}' }).message,
    ).toContain('toToml');
  });

  it('writes numbers and times as go-yaml v3 does where `toYamlPretty` is called', () => {
    const value =
      'dict "a" 1000000.0 "b" 3.0 "c" (list 1e21 2) "t" (toDate "2006-01-02" "2024-01-01")';
    const rendered = render({
      'templates/a.txt': `{{ toYamlPretty (${value}) }}`,
      'templates/b.txt': `{{ toYaml (${value}) }}`,
    });
    expect(rendered.get('shop/templates/a.txt')).toBe(
      'a: 1e+06\nb: 3\nc:\n  - 1e+21\n  - 2\nt: 2024-01-01T00:00:00Z',
    );
    expect(rendered.get('shop/templates/b.txt')).toBe(
      'a: 1000000\nb: 3\nc:\n- 1e+21\n- 2\nt: "2024-01-01T00:00:00Z"',
    );
  });
});
