import { CHART, cluster, evaluate, lines } from './testdata/origins';
import {
  bootstrap,
  noClusters,
  PLATFORM_URL,
} from './testdata/platformRepository';

function applicationFile(
  name: string,
  source: object,
  destination: object = { name: 'in-cluster', namespace: 'argocd' },
): string {
  return JSON.stringify({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name },
    spec: {
      project: 'default',
      source: { repoURL: PLATFORM_URL, targetRevision: 'main', ...source },
      destination,
    },
  });
}

describe('origins', () => {
  it.each<[string, Record<string, string>, string[]]>([
    [
      'items of a List',
      {
        'all.yaml': `kind: List\nitems:\n- ${applicationFile('a', {
          path: 'x',
        })}\n- ${applicationFile('b', { path: 'x' })}\n`,
      },
      [
        'application a: argocd/a -> in-cluster',
        'application b: argocd/b -> in-cluster',
      ],
    ],
    [
      'no Applications of another API',
      {
        'sig.yaml':
          'apiVersion: app.k8s.io/v1beta1\nkind: Application\nmetadata: {name: a}\nspec: {}\n',
      },
      [],
    ],
    [
      'no chart that no Application points to',
      {
        'c/Chart.yaml': CHART,
        'c/templates/a.yaml': applicationFile('a', { path: 'x' }),
      },
      [],
    ],
    [
      'directories: what they hold is theirs, once',
      {
        'root.yaml': applicationFile('root', { path: 'apps' }),
        'apps/a.yaml': applicationFile('a', { path: 'x' }),
        'apps/deep/b.yaml': applicationFile('b', { path: 'x' }),
      },
      [
        'application root: argocd/root -> in-cluster',
        'application root > application a: argocd/a -> in-cluster',
        'application b: argocd/b -> in-cluster',
      ],
    ],
    [
      'directories with recurse, include and exclude',
      {
        'root.yaml': applicationFile('root', {
          path: 'apps',
          directory: { recurse: true, include: '*a*', exclude: '{*secret*}' },
        }),
        'apps/deep/a.yaml': applicationFile('a', { path: 'x' }),
        'apps/b.yml': applicationFile('b', { path: 'x' }),
        'apps/a-secret.yml': applicationFile('c', { path: 'x' }),
      },
      [
        'application root: argocd/root -> in-cluster',
        'application root > application a: argocd/a -> in-cluster',
        'application b: argocd/b -> in-cluster',
        'application c: argocd/c -> in-cluster',
      ],
    ],
    [
      'a kustomization that lists files, through another',
      {
        'root.yaml': applicationFile('root', { path: 'k' }),
        'k/kustomization.yaml': 'resources: [../base]\nimages: []\n',
        'base/kustomization.yml': 'resources: [a.yaml]\n',
        'base/a.yaml': applicationFile('a', { path: 'x' }),
      },
      [
        'application root: argocd/root -> in-cluster',
        'application root > application a: argocd/a -> in-cluster',
      ],
    ],
    [
      'no guess about a kustomization that changes objects',
      {
        'root.yaml': applicationFile('root', { path: 'k' }),
        'k/kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: eu-\n',
        'k/a.yaml': applicationFile('a', { path: 'x' }),
      },
      [
        'application root: argocd/root -> in-cluster',
        'application root > application a: not-evaluable: k/kustomization.yaml: `namePrefix` is not evaluated',
      ],
    ],
    [
      'charts in charts, parameters and values in the Application',
      {
        'root.yaml': applicationFile('root', {
          path: 'outer',
          helm: {
            parameters: [{ name: 'names[1]', value: 'two' }],
            valuesObject: { names: ['one', 'x'] },
          },
        }),
        'outer/Chart.yaml': CHART,
        'outer/templates/a.yaml': `{{- range .Values.names }}\n---\n${applicationFile(
          '{{ . }}',
          {
            path: 'inner',
            helm: { releaseName: '{{ . }}', values: 'to: "{{ . }}-cluster"' },
          },
        )}\n{{- end }}`,
        'inner/Chart.yaml': CHART,
        'inner/templates/a.yaml': applicationFile(
          '{{ .Release.Name }}-app',
          { path: 'x' },
          { name: '{{ .Values.to }}' },
        ),
      },
      [
        'application root: argocd/root -> in-cluster',
        'application root > chart outer: argocd/one -> in-cluster',
        'application root > chart outer: argocd/two -> in-cluster',
        'application root > chart outer > application one > chart inner: argocd/one-app -> undefined',
        'application root > chart outer > application two > chart inner: argocd/two-app -> undefined',
      ],
    ],
    [
      'a chart that renders its own Application, once',
      {
        'root.yaml': applicationFile('root', { path: 'c' }),
        'c/Chart.yaml': CHART,
        'c/templates/root.yaml': applicationFile('root', { path: 'c' }),
      },
      ['application root: argocd/root -> in-cluster'],
    ],
    [
      'charts that never end',
      {
        'root.yaml': applicationFile('root', { path: 'c' }),
        'c/Chart.yaml': CHART,
        'c/templates/root.yaml': applicationFile('{{ .Release.Name }}x', {
          path: 'c',
        }),
      },
      [
        'application root: argocd/root -> in-cluster',
        ...Array.from(
          { length: 10 },
          (_, depth) =>
            `application root > chart c${Array.from(
              { length: depth },
              (_step, index) =>
                ` > application root${'x'.repeat(index + 1)} > chart c`,
            ).join('')}: argocd/root${'x'.repeat(depth + 1)} -> in-cluster`,
        ),
        expect.stringMatching(/: not-evaluable: .* 10 charts deep$/),
      ],
    ],
    [
      'ApplicationSets and clusters that charts render',
      {
        'root.yaml': applicationFile('root', { path: 'c' }),
        'c/Chart.yaml': CHART,
        'c/templates/cluster.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata:\n  name: eu\n  labels: {argocd.argoproj.io/secret-type: cluster, tier: a}\nstringData: {name: eu, server: https://eu}\n',
        'c/templates/set.yaml': JSON.stringify({
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'ApplicationSet',
          metadata: { name: 'set' },
          spec: {
            generators: [
              { clusters: { selector: { matchLabels: { tier: 'a' } } } },
            ],
            template: {
              metadata: { name: '{{ "{{name}}" }}-web' },
              spec: {
                project: 'default',
                source: { repoURL: PLATFORM_URL, path: 'x' },
                destination: { name: '{{ "{{name}}" }}' },
              },
            },
          },
        }).replace(/\\"/g, '"'),
      },
      [
        'application root: argocd/root -> in-cluster',
        'application root > chart c > applicationset set: argocd/eu-web -> eu',
      ],
    ],
    [
      'Applications that an ApplicationSet generates from a chart of Applications',
      {
        'set.yaml': JSON.stringify({
          kind: 'ApplicationSet',
          metadata: { name: 'set', namespace: 'argocd' },
          spec: {
            generators: [{ list: { elements: [{ stage: 'dev' }] } }],
            template: {
              metadata: { name: '{{stage}}' },
              spec: {
                project: 'default',
                source: {
                  repoURL: PLATFORM_URL,
                  path: 'charts/{{stage}}',
                  targetRevision: 'main',
                },
                destination: { name: 'in-cluster', namespace: 'argocd' },
              },
            },
          },
        }),
        'charts/dev/Chart.yaml': CHART,
        'charts/dev/templates/a.yaml': applicationFile('web', { path: 'x' }),
      },
      [
        'applicationset set: argocd/dev -> in-cluster',
        'applicationset set > application dev > chart charts/dev: argocd/web -> in-cluster',
      ],
    ],
  ])('are %s', (_case, files, expected) => {
    const repository = {
      url: PLATFORM_URL,
      sha: '',
      files: new Map(Object.entries(files)),
    };
    expect(lines(evaluate({}, noClusters, repository))).toEqual(expected);
  });

  it('are of two clusters that read one directory', () => {
    const files = {
      'clusters/berlin.yaml': bootstrap('berlin').replace(
        /path: apps[^]*yaml\]/,
        'path: shared\n    targetRevision: main',
      ),
      'clusters/oslo.yaml': bootstrap('oslo').replace(
        /path: apps[^]*yaml\]/,
        'path: shared\n    targetRevision: main',
      ),
      'shared/web.yaml': applicationFile('web', { path: 'x' }),
    };
    const repository = {
      url: PLATFORM_URL,
      sha: '',
      files: new Map(Object.entries(files)),
    };
    const hub = {
      ...noClusters,
      clusters: ['berlin', 'oslo'].map(name =>
        cluster(name, 'https://kubernetes.default.svc'),
      ),
    };
    expect(
      lines(evaluate({}, { ...hub, self: 'elsewhere' }, repository)),
    ).toEqual([
      'application berlin-bootstrap: argocd/berlin-bootstrap -> berlin',
      'application oslo-bootstrap: argocd/oslo-bootstrap -> oslo',
      'application berlin-bootstrap > application web: argocd/web -> berlin',
      'application oslo-bootstrap > application web: argocd/web -> oslo',
    ]);
  });
});
