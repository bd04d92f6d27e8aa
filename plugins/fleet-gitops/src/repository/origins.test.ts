import { edited } from '../layouts/testdata/shopRepository';
import type { HubSnapshot } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import { destinationCluster } from '../sources';
import { evaluateRepository } from './evaluateRepository';
import { withChanges } from './indexRepository';
import { originsOf, readVersion } from './serviceApplications';
import {
  bootstrap,
  noClusters,
  PLATFORM_URL,
  platformRepository as platform,
} from './testdata/platformRepository';

const evaluate = (
  files: Record<string, string | undefined> = {},
  hub: HubSnapshot = noClusters,
  base: RepositorySnapshot = platform,
) => evaluateRepository(edited(base, files), hub, { branch: 'main' });

/** One line for each Application: what made it, and where it goes; or why there is none. */
function lines({ origins, hub }: ReturnType<typeof evaluate>): string[] {
  return origins.flatMap(({ path, evaluation }) => {
    const made = path.map(({ kind, name }) => `${kind} ${name}`).join(' > ');
    return evaluation.status === 'ok'
      ? evaluation.applications.map(
          ({ application }) =>
            `${made}: ${application.metadata.namespace}/${
              application.metadata.name
            } -> ${destinationCluster(application, hub.clusters)}`,
        )
      : [`${made}: ${evaluation.status}: ${evaluation.message}`];
  });
}

const cluster = (name: string, server = `https://${name}`) => ({
  name,
  server,
  labels: {},
  annotations: {},
});

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

const CHART = 'apiVersion: v2\nname: c\nversion: 1.0.0\n';

describe('a repository of Applications of Applications', () => {
  it('follows bootstrap Applications into their charts, each for its cluster', () => {
    expect(lines(evaluate())).toEqual([
      'application berlin-bootstrap: argocd/berlin-bootstrap -> berlin',
      'application oslo-bootstrap: argocd/oslo-bootstrap -> oslo',
      'application berlin-bootstrap > chart apps: argocd/berlin-pricing -> berlin',
      'application oslo-bootstrap > chart apps: argocd/oslo-order-history -> oslo',
      'application oslo-bootstrap > chart apps: argocd/oslo-pricing -> oslo',
    ]);
  });

  it('reads versions on each cluster', () => {
    const evaluation = evaluate();
    expect([
      readVersion('pricing', 'berlin', evaluation),
      readVersion('pricing', 'oslo', evaluation),
      readVersion('order-history', 'berlin', evaluation),
      readVersion('bootstrap', 'berlin', evaluation),
    ]).toEqual([
      { text: '2.0', file: 'services/pricing/values.yaml' },
      { text: 'v3' },
      undefined,
      undefined,
    ]);
    expect(originsOf('bootstrap', evaluation)).toEqual([]);
  });

  it.each<[string, HubSnapshot, string[]]>([
    [
      'is only what is for the hub where the files name it',
      { ...noClusters, self: 'oslo' },
      ['oslo', 'oslo', 'oslo'],
    ],
    [
      'is only what is for the hub by the name of its own Secret',
      {
        ...noClusters,
        clusters: [cluster('berlin', 'https://kubernetes.default.svc')],
      },
      ['berlin', 'berlin'],
    ],
    [
      'stays on a hub that has these clusters as spokes',
      { ...noClusters, clusters: [cluster('berlin'), cluster('oslo')] },
      ['in-cluster', 'in-cluster', 'in-cluster', 'in-cluster', 'in-cluster'],
    ],
  ])('%s', (_case, hub, expected) => {
    expect(lines(evaluate({}, hub)).map(line => line.split('-> ')[1])).toEqual(
      expected,
    );
  });

  it.each<[string, Record<string, string | undefined>, string, object]>([
    [
      'a value that is required',
      {
        'apps/templates/pricing.yaml':
          '\n{{ required "who pays?" .Values.cluster.owner }}',
      },
      'error',
      {
        message: expect.stringContaining('who pays?'),
        file: 'apps/templates/pricing.yaml',
      },
    ],
    [
      'a value file that does not exist',
      { 'apps/values.oslo.yaml': undefined },
      'error',
      {
        message: 'value file apps/values.oslo.yaml does not exist',
        file: 'apps/values.oslo.yaml',
      },
    ],
    [
      'a dependency that is not in Git',
      {
        'apps/Chart.yaml': `${CHART}dependencies: [{name: x, version: 1.0.0, repository: "https://charts.example.com"}]\n`,
      },
      'not-evaluable',
      { message: expect.stringContaining('https://charts.example.com') },
    ],
    [
      'what is no YAML',
      { 'apps/templates/pricing.yaml': 'kind: Application\nmetadata: [' },
      'error',
      { file: 'apps/templates/pricing.yaml' },
    ],
  ])('answers with the error for %s', (_case, files, status, expected) => {
    const failed = evaluate(files).origins.find(
      ({ evaluation }) => evaluation.status !== 'ok',
    );
    expect({ file: failed?.file, ...failed?.evaluation }).toMatchObject({
      status,
      ...expected,
    });
  });

  it('renders again only what reads a changed file', () => {
    const before = evaluateRepository(platform, noClusters, { branch: 'main' });
    expect(before.origins).toHaveLength(4);
    const changed = withChanges(
      platform,
      new Map([['apps/values.oslo.yaml', 'cluster: {name: oslo}\n']]),
    );
    const after = evaluateRepository(changed, noClusters, {
      branch: 'main',
      previous: platform,
    });
    expect(
      after.origins
        .filter(origin => !before.origins.includes(origin))
        .map(({ key }) => key),
    ).toEqual(['chart oslo/argocd/oslo-bootstrap 0']);
  });
});

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
