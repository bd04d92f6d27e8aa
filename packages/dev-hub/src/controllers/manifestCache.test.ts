import { ManifestCache } from './manifestCache';

const CHART = new Map([
  ['shop/Chart.yaml', 'apiVersion: v2\nname: shop\nversion: 1.0.0\n'],
  ['shop/values.yaml', 'colour: red\n'],
  [
    'shop/templates/config.yaml',
    `apiVersion: v1
kind: ConfigMap
metadata: { name: "{{ .Release.Name }}" }
data: { colour: "{{ .Values.colour }}", namespace: "{{ .Release.Namespace }}" }
`,
  ],
]);

describe('ManifestCache', () => {
  const cache = new ManifestCache();
  const options = {
    files: CHART,
    source: { repoURL: 'http://git.example/acme/fleet', path: 'shop' },
    application: 'shop-a',
    namespace: 'shop',
  };
  const first = cache.render(options);

  it('gives the same manifests for the same question', () => {
    expect(cache.render({ ...options, source: { ...options.source } })).toBe(
      first,
    );
  });

  it.each([
    [
      'commit',
      { files: new Map([...CHART, ['shop/values.yaml', 'colour: blue\n']]) },
      { colour: 'blue' },
    ],
    [
      'values',
      { source: { ...options.source, helm: { values: 'colour: green' } } },
      { colour: 'green' },
    ],
    ['namespace', { namespace: 'other' }, { namespace: 'other' }],
  ])('renders anew for another %s', (_what, change, data) => {
    const { objects } = cache.render({ ...options, ...change });
    expect(objects[0].data).toMatchObject(data);
    expect(first.objects[0].data).toEqual({ colour: 'red', namespace: 'shop' });
  });

  it('renders anew for another Application', () => {
    const { objects } = cache.render({ ...options, application: 'shop-b' });
    expect(objects[0].metadata.name).toBe('shop-b');
  });

  it('does not remember failures', () => {
    const missing = { ...options, files: new Map([['README.md', 'Shop\n']]) };
    expect(() => cache.render(missing)).toThrow('app path does not exist');
    missing.files.set('shop/a.yaml', 'kind: ConfigMap\nmetadata: { name: a }');
    expect(cache.render(missing).objects).toHaveLength(1);
  });
});
