import fc from 'fast-check';
import type { RepositorySnapshot } from '../../model/repository';
import { withChanges } from '../../repository';
import { linesOf } from '../testdata/exampleRepository';
import {
  CLUSTERS,
  git,
  repositoryOf,
  set,
  versionsOf,
} from './__testUtils__/webRepository';

const LIST = `- list:
        elements:
          - {name: a, version: "1.0.0"}
          - {name: b, version: "1.0.0"}
          - name: c
            version: 1.0.0 # held back
            values.tag: x`;

describe('setVersion writes', () => {
  it.each<
    [
      string,
      RepositorySnapshot,
      { clusters?: string[]; environments?: string[] },
      Record<string, string[]>,
    ]
  >([
    [
      'valuesObject of the template, for all of its Applications',
      repositoryOf(
        CLUSTERS,
        git('helm: {valuesObject: {image: {tag: 1.0.0}}}'),
      ),
      {},
      {
        'sets/web.yaml': [
          '-        helm: {valuesObject: {image: {tag: 1.0.0}}}',
          '+        helm: {valuesObject: {image: {tag: 2.0.0}}}',
        ],
      },
    ],
    [
      'the element that a parameter of the template prints',
      repositoryOf(
        LIST,
        git(`helm: {parameters: [{name: image.tag, value: '{{.version}}'}]}`),
      ),
      { clusters: ['c'] },
      {
        'sets/web.yaml': [
          '-            version: 1.0.0 # held back',
          '+            version: 2.0.0 # held back',
        ],
      },
    ],
    [
      'the element that a text of values prints',
      repositoryOf(LIST, git(`helm: {values: "image: {tag: '{{.version}}'}"}`)),
      { clusters: ['a', 'b'] },
      {
        'sets/web.yaml': [
          '-          - {name: a, version: "1.0.0"}',
          '-          - {name: b, version: "1.0.0"}',
          '+          - {name: a, version: "2.0.0"}',
          '+          - {name: b, version: "2.0.0"}',
        ],
      },
    ],
    [
      'the annotation of a cluster that names the version of a chart',
      repositoryOf(
        CLUSTERS,
        `source: {repoURL: https://charts.example.com, chart: web, targetRevision: '{{index .metadata.annotations "platform/agent"}}'}`,
      ),
      { clusters: ['b'] },
      {
        'clusters/b.yaml': [
          '-    platform/agent: "2.0.0"',
          '+    platform/agent: "3.1.0"',
        ],
      },
    ],
    [
      'the values of the generator that a revision prints',
      repositoryOf(
        `- clusters: {selector: {matchLabels: {environment: dev}}, values: {chart: 1.0.0}}
    - clusters: {selector: {matchLabels: {environment: prod}}, values: {chart: 0.9.0}}`,
        `source: {repoURL: https://charts.example.com, chart: web, targetRevision: '{{.values.chart}}'}`,
      ),
      { environments: ['prod'] },
      {
        'sets/web.yaml': [
          '-    - clusters: {selector: {matchLabels: {environment: prod}}, values: {chart: 0.9.0}}',
          '+    - clusters: {selector: {matchLabels: {environment: prod}}, values: {chart: 2.0.0}}',
        ],
      },
    ],
    [
      'the tag of an image of Kustomize and nothing else of its name',
      repositoryOf(
        CLUSTERS,
        git(
          "kustomize: {images: ['registry:5000/web=registry:5000/web-eu:1.0.0']}",
          'overlay',
        ),
        { 'overlay/kustomization.yaml': 'resources: []\n' },
      ),
      {},
      {
        'sets/web.yaml': [
          "-        kustomize: {images: ['registry:5000/web=registry:5000/web-eu:1.0.0']}",
          "+        kustomize: {images: ['registry:5000/web=registry:5000/web-eu:2.0.0']}",
        ],
      },
    ],
    [
      'appVersion, where the chart names no tag',
      repositoryOf(CLUSTERS, git('helm: {}'), {
        'web/Chart.yaml': 'name: web\nversion: 0.1.0\nappVersion: "1.0.0"\n',
      }),
      {},
      { 'web/Chart.yaml': ['-appVersion: "1.0.0"', '+appVersion: "2.0.0"'] },
    ],
    [
      'an override beside values that all share',
      repositoryOf(
        CLUSTERS,
        git(
          `helm: {valueFiles: ['../env/{{.metadata.labels.environment}}.yaml', '../cluster/{{.name}}.yaml'], ignoreMissingValueFiles: true}`,
        ),
        {
          'web/values.yaml': 'image: {tag: 1.0.0}\n',
          'env/prod.yaml': 'image:\n  # mirrored\n  repository: web\n',
        },
      ),
      { environments: ['prod'] },
      { 'env/prod.yaml': ['+  tag: 2.0.0'] },
    ],
    [
      'the file of a cluster, where the file of its environment is shared',
      repositoryOf(
        CLUSTERS,
        git(
          `helm: {valueFiles: ['/env/{{.metadata.labels.environment}}.yaml', '/cluster/{{.name}}.yaml'], ignoreMissingValueFiles: true}`,
        ),
        { 'web/values.yaml': 'image: {tag: 1.0.0}\n' },
      ),
      { clusters: ['c'] },
      { 'cluster/c.yaml': ['+image:', '+  tag: 2.0.0'] },
    ],
  ])('%s', (_case, repository, targets, lines) => {
    const version =
      Object.keys(lines)[0] === 'clusters/b.yaml' ? '3.1.0' : '2.0.0';
    const before = versionsOf(repository);
    const { changes } = set(repository, version, targets);
    expect(linesOf(repository, changes)).toEqual(lines);
    const isMeant = (name: string) =>
      targets.clusters?.includes(name) ??
      targets.environments?.includes(name === 'a' ? 'dev' : 'prod') ??
      true;
    expect(versionsOf(withChanges(repository, changes))).toEqual(
      Object.fromEntries(
        Object.entries(before).map(([name, old]) => [
          name,
          isMeant(name) ? version : old,
        ]),
      ),
    );
  });
});

describe('setVersion refuses', () => {
  it.each<[string, RepositorySnapshot, string[], string]>([
    [
      'a place that others share, without a file of its own',
      repositoryOf(
        CLUSTERS,
        git('helm: {valuesObject: {image: {tag: 1.0.0}}}'),
      ),
      ['b'],
      'sets/web.yaml holds the version of `web` for b and also for a, c. Name these too, or add a value file of its own to what deploys b.',
    ],
    [
      'a file that Argo CD would not miss silently',
      repositoryOf(CLUSTERS, git(`helm: {valueFiles: ['{{.name}}.yaml']}`), {
        'web/values.yaml': 'image: {tag: 1.0.0}\n',
        'web/a.yaml': '{}\n',
        'web/c.yaml': '{}\n',
      }),
      ['b'],
      'web/values.yaml holds the version of `web` for b and also for a, c.',
    ],
    [
      'a tag that the chart does not print',
      repositoryOf(
        CLUSTERS,
        git(
          `helm: {valueFiles: ['{{.name}}.yaml'], ignoreMissingValueFiles: true}`,
        ),
        {
          'web/Chart.yaml': 'name: web\nversion: 0.1.0\nappVersion: 1.0.0\n',
          'web/templates/pod.yaml': 'image: "{{ .Chart.AppVersion }}"\n',
        },
      ),
      ['b'],
      'web/Chart.yaml holds the version of `web` for b and also for a, c.',
    ],
    [
      'a version that nothing says',
      repositoryOf(CLUSTERS, git('helm: {}')),
      ['b'],
      'Nothing says the version of `web` on b. Looked at web/values.yaml, web/Chart.yaml. Add `image.tag` to web/values.yaml first, or name its place by the annotation fleet/version-path of its Application.',
    ],
    [
      'a version of another repository',
      repositoryOf(
        CLUSTERS,
        'source: {repoURL: https://git.example.com/other, path: web, targetRevision: v4}',
      ),
      ['b'],
      'The version of `web` on b is not in this repository: it comes from https://git.example.com/other at `v4`. Change it there.',
    ],
    [
      'a template with more than a parameter',
      repositoryOf(
        CLUSTERS,
        `source: {repoURL: https://charts.example.com, chart: web, targetRevision: '{{if eq .name "a"}}1.{{else}}2.{{end}}0'}`,
      ),
      ['b'],
      'The version of `web` on b comes from spec.source.targetRevision and is not written in a place of this repository that can be edited.',
    ],
  ])('%s', (_case, repository, clusters, message) => {
    expect(() => set(repository, '2.0.0', { clusters })).toThrow(message);
  });
});

const tag = fc.constantFrom('1.0.0', '1.1.0', '1.10', '2.0.0');
const file = fc.oneof(
  fc.constant(undefined),
  tag.map(value => `image:\n  tag: "${value}"\n`),
  fc.constant('replicas: 2\n'),
);

it('changes the version of the targets and of nothing else', () => {
  fc.assert(
    fc.property(
      fc.record({
        'web/values.yaml': file,
        'web/dev.yaml': file,
        'web/prod.yaml': file,
        'web/a.yaml': file,
        'web/b.yaml': file,
        'web/c.yaml': file,
      }),
      fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
      tag,
      (contents, clusters, version) => {
        const files = Object.fromEntries(
          Object.entries(contents).filter(([, text]) => text !== undefined),
        ) as Record<string, string>;
        const repository = repositoryOf(
          CLUSTERS,
          git(
            `helm: {valueFiles: ['{{.metadata.labels.environment}}.yaml', '{{.name}}.yaml'], ignoreMissingValueFiles: true}`,
          ),
          files,
        );
        const before = versionsOf(repository);
        // Each cluster has a file of its own in the list, so only a version that nothing says is in the way.
        fc.pre(clusters.every(name => before[name] !== undefined));
        const { changes } = set(repository, version, { clusters });
        expect(versionsOf(withChanges(repository, changes))).toEqual({
          ...before,
          ...Object.fromEntries(clusters.map(name => [name, version])),
        });
      },
    ),
    { numRuns: 150 },
  );
});
