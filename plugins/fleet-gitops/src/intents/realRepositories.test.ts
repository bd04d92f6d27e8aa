import { linesOf } from '../layouts/testdata/exampleRepository';
import type { RepositorySnapshot } from '../model/repository';
import { applyIntent } from './applyIntent';
import { parseIntent } from './parseIntent';

/*
 * What repositories have that grew over years: several objects in one file, line breaks of Windows, anchors, services in folders of
 * teams, clusters with dots in their names, generators in generators.
 */

const URL = 'https://git.example.com/shop/fleet';

const cluster = (name: string, environment: string) => `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
  labels:
    argocd.argoproj.io/secret-type: cluster
    environment: ${environment}
    enable_web: "true"
    enable_api: "true"
stringData:
  name: ${name}
  server: https://${name}.example.com
`;

const applicationSet = (name: string) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: ${name}
  namespace: argocd
spec:
  goTemplate: true
  generators:
    - clusters:
        selector:
          matchLabels:
            enable_${name}: "true"
  template:
    metadata:
      name: '${name}-{{.nameNormalized}}'
      labels: {fleet/service: ${name}}
    spec:
      project: shop
      source:
        repoURL: ${URL}
        path: teams/shop/${name}
        targetRevision: main
        helm:
          valueFiles: [values.yaml, 'values-{{.metadata.labels.environment}}.yaml', 'values-{{.name}}.yaml']
          ignoreMissingValueFiles: true
      destination: {name: '{{.name}}', namespace: ${name}}
`;

const chart = (path: string) => ({
  [`${path}/Chart.yaml`]: 'apiVersion: v2\nname: x\nversion: 0.1.0\n',
  [`${path}/templates/pod.yaml`]: 'image: {{ .Values.image.tag }}\n',
});

const FILES: Record<string, string> = {
  'clusters/all.yaml': [
    cluster('eu.prod', 'prod'),
    cluster('us.prod', 'prod'),
    cluster('eu.dev', 'dev'),
  ].join('---\n'),
  'sets/all.yaml': `# Everything of the shop\n${applicationSet(
    'web',
  )}---\n# Ask before you touch it\n${applicationSet('api')}`,
  ...chart('teams/shop/web'),
  ...chart('teams/shop/api'),
  ...chart('teams/shop/cart'),
  'teams/shop/web/values.yaml':
    'x-image: &image\n  repository: web\n  tag: 1.0.0\nimage:\n  <<: *image\n',
  'teams/shop/web/values-dev.yaml': 'image: {tag: 2.0.0}\n',
  'teams/shop/api/values.yaml':
    'image: &image # shared with the sidecar\n  tag: "1.0.0"\nsidecar: *image\n',
  'teams/shop/api/values-dev.yaml': 'image: {tag: 2.0.0}\n',
};

function repositoryOf(
  changes: Record<string, string> = {},
  lineBreak = '\n',
): RepositorySnapshot {
  return {
    url: URL,
    sha: '',
    files: new Map(
      Object.entries({ ...FILES, ...changes }).map(([file, text]) => [
        file,
        text.replaceAll('\n', lineBreak),
      ]),
    ),
  };
}

function apply(
  kind: string,
  parameters: object,
  repository: RepositorySnapshot,
) {
  const { changes } = applyIntent(
    parseIntent({ kind, parameters }),
    repository,
    { branch: 'main' },
  );
  return changes;
}

const NESTED = applicationSet('web').replace(
  /- clusters:[^]*?"true"/,
  `- matrix:
        generators:
          - git: {repoURL: '${URL}', revision: main, directories: [{path: teams/shop/web}]}
          - merge:
              mergeKeys: [name]
              generators:
                - clusters: {selector: {matchLabels: {enable_web: "true"}}}
                - list: {elements: [{name: eu.prod, note: x}]}`,
);

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
])('a repository with line breaks %s', (_, lineBreak) => {
  it.each<
    [string, string, object, Record<string, string[]>, Record<string, string>]
  >([
    [
      'switches a service off in a file of many clusters',
      'service.disable',
      { service: 'api', clusters: ['us.prod'] },
      { 'clusters/all.yaml': ['-    enable_api: "true"'] },
      {},
    ],
    [
      'labels a cluster whose name has dots',
      'cluster.label',
      { cluster: 'us.prod', labels: { tier: 'gold' } },
      { 'clusters/all.yaml': ['+    tier: gold'] },
      {},
    ],
    [
      'writes the version of one cluster into a file of its own',
      'service.promote',
      { service: 'api', version: '3.0.0', to: { clusters: ['us.prod'] } },
      { 'teams/shop/api/values-us.prod.yaml': ['+image:', '+  tag: 3.0.0'] },
      {},
    ],
    [
      'overrides what an alias repeats',
      'service.promote',
      { service: 'api', from: 'dev', to: { environments: ['prod'] } },
      { 'teams/shop/api/values-prod.yaml': ['+image:', '+  tag: 2.0.0'] },
      {},
    ],
    [
      'overrides what a merge key brings, in a file that has only a comment so far',
      'service.promote',
      { service: 'web', from: 'dev', to: { environments: ['prod'] } },
      { 'teams/shop/web/values-prod.yaml': ['+image:', '+  tag: 2.0.0'] },
      { 'teams/shop/web/values-prod.yaml': '# nothing yet\n' },
    ],
    [
      'follows generators in generators',
      'service.promote',
      { service: 'web', version: '1.10', to: { environments: ['dev'] } },
      {
        'teams/shop/web/values-dev.yaml': [
          '-image: {tag: 2.0.0}',
          '+image: {tag: "1.10"}',
        ],
      },
      { 'sets/all.yaml': NESTED },
    ],
  ])('%s', (_case, kind, parameters, lines, files) => {
    const repository = repositoryOf(files, lineBreak);
    const changes = apply(kind, parameters, repository);
    const found = linesOf(repository, changes);
    expect(
      Object.fromEntries(
        Object.entries(found).map(([file, all]) => [
          file,
          all.map(line => line.replace('\r', '')),
        ]),
      ),
    ).toEqual(lines);
    const kept = [...changes].filter(([file]) => repository.files.has(file));
    for (const [, text] of kept)
      expect(text!.split('\n').length - 1).toBe(
        text!.split(lineBreak).length - 1,
      );
  });

  it('takes one of several ApplicationSets out of a file, and leaves the others byte for byte', () => {
    const repository = repositoryOf({}, lineBreak);
    const changes = apply('service.offboard', { service: 'api' }, repository);
    expect(changes.get('sets/all.yaml')).toBe(
      `# Everything of the shop\n${applicationSet('web')}`.replaceAll(
        '\n',
        lineBreak,
      ),
    );
    expect(linesOf(repository, changes)['clusters/all.yaml']).toHaveLength(3);
  });

  it('takes one of several clusters out of a file', () => {
    const repository = repositoryOf({}, lineBreak);
    const changes = apply(
      'cluster.decommission',
      { cluster: 'us.prod' },
      repository,
    );
    expect(changes.get('clusters/all.yaml')).toBe(
      [cluster('eu.prod', 'prod'), cluster('eu.dev', 'dev')]
        .join('---\n')
        .replaceAll('\n', lineBreak),
    );
  });

  it('puts a service of a team’s folder on a cluster', () => {
    const repository = repositoryOf({}, lineBreak);
    const changes = apply(
      'service.onboard',
      { service: 'cart', clusters: ['eu.prod'] },
      repository,
    );
    expect([...changes.keys()]).toEqual([
      'sets/cart.yaml',
      'clusters/all.yaml',
    ]);
    expect(changes.get('sets/cart.yaml')!.replaceAll('\r', '')).toBe(
      applicationSet('cart'),
    );
  });
});

describe('says what is in the way', () => {
  const twice = repositoryOf({
    'clusters/copy.yaml': cluster('us.prod', 'prod'),
  });

  it.each([
    ['cluster.label', { cluster: 'us.prod', labels: { tier: 'x' } }],
    ['service.disable', { service: 'api', clusters: ['us.prod'] }],
    ['cluster.decommission', { cluster: 'us.prod' }],
  ])('%s of a cluster that is declared twice', (kind, parameters) => {
    expect(() => apply(kind, parameters, twice)).toThrow(
      'Cluster `us.prod` is declared more than once: clusters/all.yaml, clusters/copy.yaml. Keep one of these files.',
    );
  });

  it('an ApplicationSet in a List', () => {
    const list = repositoryOf({
      'sets/all.yaml': `kind: List\napiVersion: v1\nitems:\n${['web', 'api']
        .map(
          name =>
            `  - ${applicationSet(name)
              .trimEnd()
              .replaceAll('\n', '\n    ')}\n`,
        )
        .join('')}`,
    });
    expect(() => apply('service.offboard', { service: 'api' }, list)).toThrow(
      'sets/all.yaml has ApplicationSet `api` in a List. Move it into a document of its own, or remove it by hand.',
    );
  });
});
