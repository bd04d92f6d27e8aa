import { edited } from '../layouts/testdata/shopRepository';
import type { RepositorySnapshot } from '../model/repository';
import {
  noClusters,
  platformRepository as platform,
} from '../repository/testdata/platformRepository';
import { explain } from './explain';

const text = (path: string) => platform.files.get(path)!;

const ask = (
  service: string,
  cluster: string,
  files: Record<string, string | undefined> = {},
  base: RepositorySnapshot = platform,
) =>
  explain({
    service,
    cluster,
    repository: edited(base, files),
    hub: noClusters,
    branch: 'main',
  });

describe('explain in a repository of Applications of Applications', () => {
  it('says what is deployed, and the way to it', () => {
    expect(ask('pricing', 'oslo')).toMatchObject({
      verdict: 'deployed',
      sentence: 'Application `oslo-pricing` deploys `pricing` v3 to `oslo`.',
      file: 'apps/templates/pricing.yaml',
      applications: [
        {
          name: 'oslo-pricing',
          namespace: 'argocd',
          path: [
            {
              kind: 'application',
              name: 'oslo-bootstrap',
              file: 'bootstrap/oslo.yaml',
            },
            { kind: 'chart', name: 'apps', file: 'apps/Chart.yaml' },
          ],
        },
      ],
    });
  });

  it.each<[string, () => ReturnType<typeof ask>, object]>([
    [
      'a switch that the chart’s own values leave off',
      () => ask('order-history', 'berlin'),
      {
        verdict: 'absent',
        reason: 'toggle-off',
        file: 'apps/values.yaml',
        sentence:
          'The chart `apps` of Application `berlin-bootstrap` leaves `order-history` out on `berlin`: `orderHistory.enable` is `false` in apps/values.yaml.',
      },
    ],
    [
      'a switch that the values of the cluster turn off',
      () =>
        ask('pricing', 'berlin', {
          'apps/values.berlin.yaml':
            'cluster: {name: berlin}\npricing:\n  enable: false\n',
        }),
      { reason: 'toggle-off', file: 'apps/values.berlin.yaml' },
    ],
    [
      'a switch in the Application itself',
      () =>
        ask('pricing', 'berlin', {
          'bootstrap/berlin.yaml': text('bootstrap/berlin.yaml').replace(
            'valueFiles',
            'valuesObject: {pricing: {enable: false}}\n      valueFiles',
          ),
        }),
      { reason: 'toggle-off', file: 'bootstrap/berlin.yaml' },
    ],
    [
      'a switch that nothing sets',
      () =>
        ask('order-history', 'berlin', {
          'apps/values.yaml': text('apps/values.yaml').replace(
            /orderHistory:\n {2}enable: false/,
            'orderHistory: {}',
          ),
        }),
      {
        reason: 'toggle-off',
        sentence: expect.stringContaining('`orderHistory.enable` is `false`.'),
      },
    ],
    [
      'a condition that is not about a switch',
      () =>
        ask('pricing', 'berlin', {
          'apps/templates/pricing.yaml': text(
            'apps/templates/pricing.yaml',
          ).replace('.Values.pricing.enable', 'eq .Values.cluster.name "oslo"'),
        }),
      { reason: 'not-rendered', intent: undefined },
    ],
    [
      'a chart that fails for the cluster',
      () =>
        ask('order-history', 'berlin', {
          'apps/values.berlin.yaml': 'cluster: {name: berlin}\npricing: [\n',
        }),
      {
        verdict: 'unknown',
        reason: 'evaluation-error',
        sentence: expect.stringContaining(
          'The chart `apps` of Application `berlin-bootstrap` fails, so Argo CD creates and changes nothing: ',
        ),
      },
    ],
    [
      'a service that nothing deploys',
      () => ask('returns', 'berlin'),
      {
        verdict: 'absent',
        reason: 'not-onboarded',
        sentence: 'No Application in the repository deploys `returns`.',
      },
    ],
    [
      'a cluster that nothing is for',
      () => ask('pricing', 'rome'),
      { verdict: 'unknown', reason: 'cluster-unknown' },
    ],
  ])('says so for %s', (_case, run, expected) => {
    const explanation = run();
    for (const [field, value] of Object.entries(expected))
      expect({ [field]: explanation[field as 'reason'] }).toEqual({
        [field]: value,
      });
  });

  it('offers the switch', () => {
    expect(ask('order-history', 'berlin')).toMatchObject({
      intent: {
        kind: 'service.enable',
        parameters: { service: 'order-history', clusters: ['berlin'] },
      },
      plan: { creates: 1, changes: 0, deletes: 0 },
    });
  });
});

const cluster = (name: string, labels: Record<string, string>) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      labels: { ...labels, 'argocd.argoproj.io/secret-type': 'cluster' },
    },
    stringData: { name, server: `https://${name}` },
  });

function generatedBy(
  generators: object[],
  further: Record<string, string> = {},
): RepositorySnapshot {
  const set = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'web', namespace: 'argocd' },
    spec: {
      goTemplate: true,
      generators,
      template: {
        metadata: { name: '{{.name}}-web', labels: { 'fleet/service': 'web' } },
        spec: {
          project: 'default',
          source: {
            repoURL: platform.url,
            path: 'web',
            targetRevision: 'main',
          },
          destination: { name: '{{.name}}', namespace: 'web' },
        },
      },
    },
  };
  return {
    url: platform.url,
    sha: '',
    files: new Map(
      Object.entries({
        'set.json': JSON.stringify(set),
        'clusters/berlin.json': cluster('berlin', { tier: 'a', stage: 'prod' }),
        'clusters/oslo.json': cluster('oslo', { stage: 'prod' }),
        ...further,
      }),
    ),
  };
}

const tierA = { clusters: { selector: { matchLabels: { tier: 'a' } } } };
const all = { clusters: { selector: { matchLabels: { stage: 'prod' } } } };
const git = (field: 'files' | 'directories', ...paths: object[]) => ({
  git: { repoURL: platform.url, revision: 'main', [field]: paths },
});

describe('the first thing that excludes a cluster', () => {
  it.each<[string, object[], Record<string, string>, object]>([
    [
      'a matrix, by its second side',
      [
        {
          matrix: { generators: [{ list: { elements: [{ x: 'y' }] } }, tierA] },
        },
      ],
      {},
      { reason: 'label-missing' },
    ],
    [
      'a matrix with an empty side',
      [{ matrix: { generators: [all, { list: { elements: [] } }] } }],
      {},
      {
        reason: 'list-element-missing',
        sentence: expect.stringContaining('yields nothing'),
      },
    ],
    [
      'a matrix whose sides do not meet',
      [
        {
          matrix: {
            generators: [
              { list: { elements: [{ want: 'a' }] } },
              {
                clusters: { selector: { matchLabels: { tier: '{{.want}}' } } },
              },
            ],
          },
        },
      ],
      {},
      { reason: 'matrix-empty' },
    ],
    [
      'a merge without a base row',
      [
        {
          merge: {
            mergeKeys: ['name'],
            generators: [
              tierA,
              { list: { elements: [{ name: 'oslo', replicas: '2' }] } },
            ],
          },
        },
      ],
      {},
      {
        reason: 'merge-base-missing',
        sentence: expect.stringContaining('only its rows count'),
      },
    ],
    [
      'a post-selector',
      [
        {
          ...all,
          selector: {
            matchExpressions: [
              { key: 'name', operator: 'NotIn', values: ['oslo'] },
            ],
          },
        },
      ],
      {},
      {
        reason: 'post-selector',
        sentence:
          'ApplicationSet `web` keeps of what its generator yields only that where name is not oslo; for `oslo` it is `oslo`.',
      },
    ],
    [
      'a pattern of files that finds others',
      [git('files', { path: 'on/*.json' })],
      { 'on/berlin.json': '{"name": "berlin"}' },
      {
        reason: 'path-pattern',
        sentence:
          'The file pattern `on/*.json` of ApplicationSet `web` has `berlin`, not `oslo`.',
      },
    ],
    [
      'a pattern of directories that finds nothing',
      [{ matrix: { generators: [git('directories', { path: 'on/*' }), all] } }],
      {},
      {
        reason: 'path-pattern',
        sentence:
          'The directory pattern `on/*` of ApplicationSet `web` yields nothing.',
      },
    ],
    [
      'a path that is excluded',
      [
        git(
          'files',
          { path: 'on/*.json' },
          { path: 'on/o*.json', exclude: true },
        ),
      ],
      {
        'on/berlin.json': '{"name": "berlin"}',
        'on/oslo.json': '{"name": "oslo"}',
      },
      { reason: 'path-excluded' },
    ],
    [
      'several generators, by the one that comes nearest',
      [
        {
          clusters: { selector: { matchLabels: { tier: 'a', stage: 'dev' } } },
        },
        tierA,
      ],
      {},
      { reason: 'label-missing', file: 'clusters/oslo.json' },
    ],
  ])('is %s', (_case, generators, further, expected) => {
    const explanation = ask(
      'web',
      'oslo',
      {},
      generatedBy(generators, further),
    );
    expect(explanation).toMatchObject({ verdict: 'absent', ...expected });
    expect(explanation.checks.some(({ passed }) => !passed)).toBe(true);
  });
});
