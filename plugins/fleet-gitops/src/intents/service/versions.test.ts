import type { RepositorySnapshot } from '../../model/repository';
import { withChanges } from '../../repository';
import { linesOf } from '../../layouts/testdata/exampleRepository';
import { applyIntent } from '../applyIntent';
import { parseIntent } from '../parseIntent';
import { deploymentsOf, versionsOf } from '../testdata/examples';

const URL = 'https://git.example.com/shop/fleet';
const CLUSTERS = ['a', 'b', 'c'];
const environmentOf = (cluster: string) => (cluster === 'a' ? 'dev' : 'prod');

type Files = Record<string, string>;

/** What deploys `web` to each of the clusters: `source` has `CLUSTER` where the cluster's name stands. */
type Deploys = (source: string) => Files;

const labelled = (name: string) => `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
  labels:
    argocd.argoproj.io/secret-type: cluster
    enable_web: "true"
    environment: ${environmentOf(name)}
stringData:
  name: ${name}
  server: https://${name}.example.com
`;

const set =
  (generators: string, name: string): Deploys =>
  source => ({
    'sets/web.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: web, namespace: argocd}
spec:
  goTemplate: true
  generators:
    ${generators}
  template:
    metadata:
      name: 'web-{{.${name}}}'
      labels: {fleet/service: web}
    spec:
      project: shop
      source: ${source.replaceAll('CLUSTER', `{{.${name}}}`)}
      destination: {name: '{{.${name}}}', namespace: web}
`,
  });

const manifest = (
  source: string,
  name: string,
  environment: string,
) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web-${name}
  namespace: argocd
  labels: {environment: ${environment}, fleet/service: web}
spec:
  project: shop
  source: ${source.replaceAll('CLUSTER', name)}
  destination: {name: '${name}', namespace: web}
`;

const LAYOUTS: Record<string, Deploys> = {
  'cluster-generator': set(
    '- clusters: {selector: {matchLabels: {enable_web: "true"}}}',
    'name',
  ),
  'list-generator': set(
    '- list: {elements: [{cluster: a}, {cluster: b}, {cluster: c}]}',
    'cluster',
  ),
  'git-generator': source => ({
    ...set(
      `- git: {repoURL: '${URL}', revision: main, files: [{path: 'config/*.yaml'}]}`,
      'cluster',
    )(source),
    ...Object.fromEntries(
      CLUSTERS.map(name => [`config/${name}.yaml`, `cluster: ${name}\n`]),
    ),
  }),
  'matrix-merge': set(
    `- matrix: {generators: [{clusters: {selector: {matchLabels: {enable_web: "true"}}}}, {list: {elements: [{app: web}]}}]}`,
    'name',
  ),
  'layered-values': source =>
    Object.fromEntries(
      CLUSTERS.map(name => [
        `apps/${name}.yaml`,
        manifest(source, name, environmentOf(name)),
      ]),
    ),
  'app-of-apps': source => ({
    'apps/Chart.yaml': 'apiVersion: v2\nname: apps\nversion: 0.1.0\n',
    'apps/values.yaml': 'web: {enable: false}\n',
    'apps/templates/web.yaml': `{{- if .Values.web.enable }}\n${manifest(
      source.replaceAll('CLUSTER', '{{ .Values.cluster }}'),
      '{{ .Values.cluster }}',
      'x',
    )}{{- end }}\n`,
    ...Object.fromEntries(
      CLUSTERS.flatMap(name => [
        [`apps/values.${name}.yaml`, `cluster: ${name}\nweb: {enable: true}\n`],
        [
          `bootstrap/${name}.yaml`,
          `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: apps-${name}, namespace: argocd, labels: {cluster: ${name}}}
spec:
  project: default
  source: {repoURL: '${URL}', path: apps, targetRevision: main, helm: {valueFiles: [values.yaml, values.${name}.yaml]}}
  destination: {name: in-cluster, namespace: argocd}
`,
        ],
      ]),
    ),
  }),
};

const forEach = (files: (name: string, version: string) => Files): Files =>
  Object.assign(
    {},
    ...CLUSTERS.map(name => files(name, name === 'a' ? '2.0.0' : '1.0.0')),
  );

/** A source, its files with 2.0.0 on `a` and 1.0.0 elsewhere, and the line that says it. */
const FORMS: Record<
  string,
  [source: string, files: Files, file: string, line: string]
> = {
  'an umbrella chart': [
    `{repoURL: '${URL}', path: web, targetRevision: main, helm: {valueFiles: ['values-CLUSTER.yaml']}}`,
    {
      'web/Chart.yaml':
        'apiVersion: v2\nname: umbrella\nversion: 0.1.0\ndependencies: [{name: service, alias: web, version: 1.x, repository: "https://charts.example.com"}]\n',
      ...forEach((name, version) => ({
        [`web/values-${name}.yaml`]: `web:\n  image:\n    tag: ${version}\n`,
      })),
    },
    'web/values-CLUSTER.yaml',
    '    tag: VERSION',
  ],
  'overlays of Kustomize': [
    `{repoURL: '${URL}', path: 'web/overlays/CLUSTER', targetRevision: main}`,
    {
      'web/base/kustomization.yaml': 'resources: []\n',
      ...forEach((name, version) => ({
        [`web/overlays/${name}/kustomization.yaml`]: `resources: [../../base]\nimages:\n  - name: acme/web\n    newTag: ${version}\n`,
      })),
    },
    'web/overlays/CLUSTER/kustomization.yaml',
    '    newTag: VERSION',
  ],
  'plain manifests': [
    `{repoURL: '${URL}', path: 'web/CLUSTER', targetRevision: main}`,
    forEach((name, version) => ({
      [`web/${name}/deployment.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web
          image: acme/web:${version}
`,
    })),
    'web/CLUSTER/deployment.yaml',
    '          image: acme/web:VERSION',
  ],
};

function repositoryOf(
  deploys: Deploys,
  [source, files]: [string, Files, ...unknown[]],
): RepositorySnapshot {
  return {
    url: URL,
    sha: '',
    files: new Map(
      Object.entries({
        ...Object.fromEntries(
          CLUSTERS.map(name => [`clusters/${name}.yaml`, labelled(name)]),
        ),
        ...deploys(source),
        ...files,
      }),
    ),
  };
}

const promote = (repository: RepositorySnapshot, parameters: object) =>
  applyIntent(
    parseIntent({
      kind: 'service.promote',
      parameters: { service: 'web', ...parameters },
    }),
    repository,
    { branch: 'main' },
  );

describe.each(Object.entries(LAYOUTS))('%s', (_layout, deploys) => {
  it.each(Object.entries(FORMS))('promotes %s', (_form, form) => {
    const [, , file, line] = form;
    const repository = repositoryOf(deploys, form);
    const { changes } = promote(repository, {
      from: 'dev',
      to: { clusters: ['b'] },
    });
    expect(linesOf(repository, changes)).toEqual({
      [file.replace('CLUSTER', 'b')]: [
        `-${line.replace('VERSION', '1.0.0')}`,
        `+${line.replace('VERSION', '2.0.0')}`,
      ],
    });
    expect(
      versionsOf(deploymentsOf(withChanges(repository, changes), 'web')),
    ).toEqual({ a: '2.0.0', b: '2.0.0', c: '1.0.0' });
  });
});

describe('a version goes only where its like is', () => {
  const repository = repositoryOf(
    source => ({
      ...LAYOUTS['layered-values'](source),
      'apps/c.yaml': manifest(
        '{repoURL: "https://charts.example.com", chart: web, targetRevision: 4.1.0}',
        'c',
        'prod',
      ),
    }),
    FORMS['an umbrella chart'],
  );

  it('is refused elsewhere, and named by hand it goes there', () => {
    expect(() =>
      promote(repository, { from: 'dev', to: { environments: ['prod'] } }),
    ).toThrow(
      'parameters.from: the version of `web` is the tag of its image in dev, and the version of its chart on c (apps/c.yaml). Name the version.',
    );
    const { changes } = promote(repository, {
      version: '4.2.0',
      to: { clusters: ['c'] },
    });
    expect([...changes.keys()]).toEqual(['apps/c.yaml']);
  });
});
