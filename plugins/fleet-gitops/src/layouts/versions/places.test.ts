import { withChanges } from '../../repository';
import { linesOf } from '../testdata/exampleRepository';
import {
  CLUSTERS,
  git,
  repositoryOf,
  set,
  URL,
  versionsOf,
} from './__testUtils__/webRepository';

const ENV =
  "helm: {valueFiles: ['/env/{{.metadata.labels.environment}}.yaml'], ignoreMissingValueFiles: true}";
const OVERLAYS = git('', 'overlays/{{.metadata.labels.environment}}');
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      initContainers:
        - {name: migrate, image: "registry:5000/acme/web:1.0.0"}
      containers:
        - name: web
          image: registry:5000/acme/web:1.0.0 # what people see
        - name: proxy
          image: envoyproxy/envoy:v1.31.0
`;
const CRON_JOB = `apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - {name: report, image: "registry:5000/acme/web:1.0.0"}
`;

const overlays = (
  dev: string,
  prod: string,
  base = 'resources: [web.yaml]\n',
) => ({
  'overlays/dev/kustomization.yaml': `resources: [../../base]\n${dev}`,
  'overlays/prod/kustomization.yaml': `resources: [../../base]\n${prod}`,
  'base/kustomization.yaml': base,
  'base/web.yaml': DEPLOYMENT,
});

/** The source, the files beside it, and what production's 1.0.0 → 2.0.0 changes. */
const PLACES: Record<
  string,
  [source: string, files: Record<string, string>, Record<string, string[]>]
> = {
  'the tag of the subchart of the service’s name': [
    git(ENV),
    {
      'web/Chart.yaml':
        'name: shop\ndependencies: [{name: cache}, {name: service, alias: web}]\n',
      'env/dev.yaml':
        'web: {image: {tag: 1.0.0}}\ncache: {image: {tag: "7"}}\n',
      'env/prod.yaml':
        'cache:\n  image: {tag: "7"}\nweb:\n  image:\n    tag: 1.0.0 # approved\n',
    },
    {
      'env/prod.yaml': [
        '-    tag: 1.0.0 # approved',
        '+    tag: 2.0.0 # approved',
      ],
    },
  ],
  'the tag of the only subchart that has one, under its alias': [
    git(ENV),
    {
      'web/Chart.yaml':
        'name: umbrella\ndependencies: [{name: generic, alias: backend}, {name: ingress}]\n',
      'web/values.yaml': 'backend: {image: {tag: 0.9.0}}\ningress: {host: x}\n',
      'env/dev.yaml': 'backend: {image: {tag: 1.0.0}}\n',
      'env/prod.yaml': 'backend:\n  image:\n    tag: 1.0.0\n',
    },
    { 'env/prod.yaml': ['-    tag: 1.0.0', '+    tag: 2.0.0'] },
  ],
  'an override of what a subchart in the repository brings along': [
    git(ENV),
    {
      'web/Chart.yaml':
        'name: umbrella\ndependencies: [{name: backend, repository: "file://../backend"}]\n',
      'backend/values.yaml': 'image: {tag: 1.0.0}\n',
      'env/prod.yaml': 'backend:\n  replicas: 3\n',
    },
    { 'env/prod.yaml': ['+  image:', '+    tag: 2.0.0'] },
  ],
  'the tag that all subcharts share': [
    git(ENV),
    {
      'web/values.yaml': 'api: {image: {tag: x}}\nui: {image: {tag: x}}\n',
      'env/dev.yaml': 'global: {image: {tag: 1.0.0}}\n',
      'env/prod.yaml': 'global: {image: {tag: 1.0.0}}\n',
    },
    {
      'env/prod.yaml': [
        '-global: {image: {tag: 1.0.0}}',
        '+global: {image: {tag: 2.0.0}}',
      ],
    },
  ],
  'the only tag, whatever it is under': [
    git(ENV),
    {
      'env/dev.yaml': 'server: {image: {tag: 1.0.0}}\n',
      'env/prod.yaml': 'server: {image: {tag: 1.0.0}}\n',
    },
    {
      'env/prod.yaml': [
        '-server: {image: {tag: 1.0.0}}',
        '+server: {image: {tag: 2.0.0}}',
      ],
    },
  ],
  'a flat tag': [
    git(ENV),
    {
      'env/dev.yaml': 'imageTag: 1.0.0\n',
      'env/prod.yaml': 'imageTag: 1.0.0\n',
    },
    { 'env/prod.yaml': ['-imageTag: 1.0.0', '+imageTag: 2.0.0'] },
  ],
  'the path that the chart names': [
    git(ENV),
    {
      'web/Chart.yaml':
        'name: web\nannotations: {fleet/version-path: deploy.version}\n',
      'env/dev.yaml': 'deploy: {version: 1.0.0}\nimage: {tag: base}\n',
      'env/prod.yaml': 'deploy: {version: 1.0.0}\nimage: {tag: base}\n',
    },
    {
      'env/prod.yaml': [
        '-deploy: {version: 1.0.0}',
        '+deploy: {version: 2.0.0}',
      ],
    },
  ],
  'the tag in a value file of a chart from a chart repository': [
    `sources:
        - {repoURL: https://charts.example.com, chart: service, targetRevision: 4.1.0, helm: {valueFiles: ['$values/env/{{.metadata.labels.environment}}.yaml']}}
        - {repoURL: ${URL}, targetRevision: main, ref: values}`,
    {
      'env/dev.yaml': 'image: {tag: 1.0.0}\n',
      'env/prod.yaml': 'image: {tag: 1.0.0}\n',
    },
    {
      'env/prod.yaml': ['-image: {tag: 1.0.0}', '+image: {tag: 2.0.0}'],
    },
  ],
  'the chart that is wrapped': [
    git('helm: {}', 'wrapped/{{.metadata.labels.environment}}'),
    {
      'wrapped/dev/Chart.yaml':
        'name: web\nversion: 0.1.0\nappVersion: 1.16.0\ndependencies: [{name: grafana, version: 1.0.0}]\n',
      'wrapped/prod/Chart.yaml':
        'name: web\nversion: 0.1.0\ndependencies:\n  - name: grafana\n    version: 1.0.0\n',
    },
    {
      'wrapped/prod/Chart.yaml': ['-    version: 1.0.0', '+    version: 2.0.0'],
    },
  ],
  'the image of the service’s name in the overlay': [
    OVERLAYS,
    overlays(
      'images: [{name: envoyproxy/envoy, newTag: v2}, {name: registry:5000/acme/web, newTag: 1.0.0}]\n',
      'images:\n  - name: envoyproxy/envoy\n    newTag: v2\n  - name: registry:5000/acme/web\n    newTag: 1.0.0\n',
    ),
    {
      'overlays/prod/kustomization.yaml': [
        '-    newTag: 1.0.0',
        '+    newTag: 2.0.0',
      ],
    },
  ],
  'a new image in the overlay, where the base has the tag': [
    OVERLAYS,
    overlays('', 'images:\n  - name: envoyproxy/envoy\n    newTag: v2\n'),
    {
      'overlays/prod/kustomization.yaml': [
        '+  - name: registry:5000/acme/web',
        '+    newTag: 2.0.0',
      ],
    },
  ],
  'new images in the overlay, where the base has them': [
    OVERLAYS,
    overlays(
      '',
      '',
      'resources: [web.yaml]\nimages: [{name: registry:5000/acme/web, newTag: 1.0.0}]\n',
    ),
    {
      'overlays/prod/kustomization.yaml': [
        '+images:',
        '+  - name: registry:5000/acme/web',
        '+    newTag: 2.0.0',
      ],
    },
  ],
  'every container of the service’s image in plain manifests': [
    git('', 'manifests/{{.metadata.labels.environment}}'),
    {
      'manifests/dev/web.yaml': DEPLOYMENT,
      'manifests/prod/web.yaml': DEPLOYMENT,
      'manifests/prod/report.yaml': CRON_JOB,
    },
    {
      'manifests/prod/web.yaml': [
        '-        - {name: migrate, image: "registry:5000/acme/web:1.0.0"}',
        '+        - {name: migrate, image: "registry:5000/acme/web:2.0.0"}',
        '-          image: registry:5000/acme/web:1.0.0 # what people see',
        '+          image: registry:5000/acme/web:2.0.0 # what people see',
      ],
      'manifests/prod/report.yaml': [
        '-            - {name: report, image: "registry:5000/acme/web:1.0.0"}',
        '+            - {name: report, image: "registry:5000/acme/web:2.0.0"}',
      ],
    },
  ],
};

describe('where a version is found and written', () => {
  it.each(Object.entries(PLACES))('%s', (_, [source, files, lines]) => {
    const repository = repositoryOf(CLUSTERS, source, files);
    expect(versionsOf(repository)).toEqual({
      a: '1.0.0',
      b: '1.0.0',
      c: '1.0.0',
    });
    const { changes } = set(repository, '2.0.0', { environments: ['prod'] });
    expect(linesOf(repository, changes)).toEqual(lines);
    expect(versionsOf(withChanges(repository, changes))).toEqual({
      a: '1.0.0',
      b: '2.0.0',
      c: '2.0.0',
    });
  });

  it('a parameter of the Application comes before all files', () => {
    const repository = repositoryOf(
      CLUSTERS,
      git(
        'helm: {parameters: [{name: web.image.repository, value: x}, {name: web.image.tag, value: 1.0.0}], valueFiles: [values.yaml]}',
      ),
      { 'web/values.yaml': 'web: {image: {tag: 0.1.0}}\n' },
    );
    const { changes } = set(repository, '2.0.0');
    expect([...changes.keys()]).toEqual(['sets/web.yaml']);
    expect(versionsOf(withChanges(repository, changes)).b).toBe('2.0.0');
  });

  it('a tag that a stronger file takes away does not count', () => {
    const repository = repositoryOf(CLUSTERS, git(ENV), {
      'web/Chart.yaml': 'name: web\nappVersion: 3.0.0\n',
      'web/values.yaml': 'image: {tag: 1.0.0}\n',
      'env/prod.yaml': 'image: {tag: null}\n',
    });
    expect(versionsOf(repository)).toEqual({
      a: '1.0.0',
      b: '3.0.0',
      c: '3.0.0',
    });
  });

  it('the image that the Application names by an annotation', () => {
    const files = overlays(
      '',
      '',
      'resources: [web.yaml]\nimages: [{name: envoyproxy/envoy, newTag: v2}]\n',
    );
    const repository = repositoryOf(CLUSTERS, OVERLAYS, files);
    const set1 = repository.files.get('sets/web.yaml')!;
    const named = withChanges(
      repository,
      new Map([
        [
          'sets/web.yaml',
          set1.replace(
            'labels: {fleet/service: web}',
            'labels: {fleet/service: web}\n      annotations: {fleet/version-image: envoy}',
          ),
        ],
      ]),
    );
    expect([versionsOf(repository).a, versionsOf(named).a]).toEqual([
      '1.0.0',
      'v2',
    ]);
  });
});

describe('what is not guessed', () => {
  it.each<[string, string, Record<string, string>, string]>([
    [
      'one of several subcharts',
      git(ENV),
      {
        'web/Chart.yaml':
          'name: shop\nappVersion: 1.16.0\ndependencies: [{name: api}, {name: worker}]\n',
        'web/values.yaml':
          'api: {image: {tag: 1.0.0}}\nworker: {image: {tag: 1.0.0}}\n',
      },
      'Which version is that of `web` on b is not clear: `api.image.tag`, `worker.image.tag` are as likely. Say it by the annotation fleet/version-path of its Application, for example `api.image.tag`.',
    ],
    [
      'one of several images',
      git('', 'manifests'),
      {
        'manifests/all.yaml': DEPLOYMENT.replaceAll('web', 'api'),
      },
      '`envoyproxy/envoy`, `registry:5000/acme/api` are as likely. Say it by the annotation fleet/version-image of its Application, for example `envoyproxy/envoy`.',
    ],
    [
      'a directory that says nothing',
      git('', 'manifests'),
      { 'manifests/a.yaml': 'kind: ConfigMap\n' },
      'Nothing says the version of `web` on b. Looked at manifests: it has no chart, no image in a kustomization and no container with a tag.',
    ],
    [
      'an image by its digest',
      OVERLAYS,
      overlays(
        '',
        `images: [{name: registry:5000/acme/web, digest: "sha256:${'0'.repeat(
          64,
        )}"}]\n`,
      ),
      'base/web.yaml holds the version of `web` for b and also for a, c.',
    ],
    [
      'a wrapped chart whose lock would not fit any more',
      git('helm: {}'),
      {
        'web/Chart.yaml':
          'name: web\ndependencies: [{name: grafana, version: 1.0.0}]\n',
        'web/Chart.lock': 'digest: sha256:0\n',
        'web/templates/pod.yaml': undefined as any,
      },
      'comes from web/Chart.yaml, which web/Chart.lock repeats, and is not written in a place of this repository that can be edited.',
    ],
  ])('%s', (_, source, files, message) => {
    const repository = repositoryOf(CLUSTERS, source, files);
    for (const [file, text] of repository.files)
      if (text === undefined)
        (repository.files as Map<string, string>).delete(file);
    expect(() => set(repository, '2.0.0', { clusters: ['b'] })).toThrow(
      message,
    );
  });
});
