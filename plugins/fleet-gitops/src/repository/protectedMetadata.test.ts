import type { ApplicationSet } from '../model/argocd';
import type { RepositorySnapshot } from '../model/repository';
import { refuseProtectedMetadata } from './protectedMetadata';

const SETS = 'applicationsets/web.json';

interface Options {
  generators?: unknown[];
  source?: unknown;
  sources?: unknown[];
  project?: string;
  server?: string;
  templatePatch?: string;
}

function repositoryWith({
  generators = [{ clusters: {} }],
  source = { repoURL: 'https://git.example.com/web' },
  sources,
  project = 'web',
  server = '{{.server}}',
  templatePatch,
}: Options): RepositorySnapshot {
  const object: unknown = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'web', namespace: 'argocd' },
    spec: {
      generators,
      template: {
        metadata: {
          name: '{{.name}}-web',
          annotations: { owner: '{{.metadata.annotations.owner}}' },
        },
        spec: {
          project,
          ...(sources ? { sources } : { source }),
          destination: { server, namespace: 'web' },
        },
      },
      templatePatch,
    } satisfies Partial<ApplicationSet['spec']> | object,
  };
  return {
    url: 'https://git.example.com/fleet',
    sha: '',
    files: new Map([[SETS, JSON.stringify(object)]]),
  };
}

const read = (
  metadata: 'labels' | 'annotations',
  key: string,
  repository: RepositorySnapshot,
) => {
  try {
    refuseProtectedMetadata(metadata, [key], repository);
    return undefined;
  } catch (error) {
    return /makes `(\w+)` from/.exec((error as Error).message)?.[1];
  }
};

describe('labels and annotations of clusters that decide what Applications may do', () => {
  it.each<[string, Options, 'labels' | 'annotations', string, string]>([
    [
      'a repository, in the older template form',
      { source: { repoURL: '{{metadata.annotations.addons_repo_url}}' } },
      'annotations',
      'addons_repo_url',
      'repoURL',
    ],
    [
      'a key with a prefix, in the older template form',
      { project: 'team-{{metadata.labels.example.com/team}}' },
      'labels',
      'example.com/team',
      'project',
    ],
    [
      'one of several sources',
      {
        sources: [
          { repoURL: 'https://git.example.com/web' },
          { repoURL: '{{ .metadata.annotations.addons_repo_url }}' },
        ],
      },
      'annotations',
      'addons_repo_url',
      'repoURL',
    ],
    [
      'an index',
      { project: '{{ index .metadata.labels "example.com/team" | lower }}' },
      'labels',
      'example.com/team',
      'project',
    ],
    [
      'an index of the parameters',
      { server: '{{ index . "metadata" "annotations" "api" }}' },
      'annotations',
      'api',
      'server',
    ],
    [
      'a default',
      { project: '{{ default "web" .metadata.labels.team }}' },
      'labels',
      'team',
      'project',
    ],
    [
      'a value of a generator',
      {
        generators: [
          {
            clusters: {
              values: { repo: '{{.metadata.annotations.addons_repo_url}}' },
            },
          },
        ],
        source: { repoURL: '{{.values.repo}}' },
      },
      'annotations',
      'addons_repo_url',
      'repoURL',
    ],
    [
      'an element of a list in a matrix',
      {
        generators: [
          {
            matrix: {
              generators: [
                { clusters: {} },
                {
                  list: {
                    elements: [{ owner: '{{.metadata.labels.team}}' }],
                  },
                },
              ],
            },
          },
        ],
        project: 'team-{{.owner}}',
      },
      'labels',
      'team',
      'project',
    ],
    [
      'the template of a generator',
      {
        generators: [
          {
            clusters: {
              template: {
                spec: { project: '{{.metadata.labels.team}}' },
              },
            },
          },
        ],
      },
      'labels',
      'team',
      'project',
    ],
    [
      'a variable of a patch',
      {
        templatePatch:
          '{{- $url := .metadata.annotations.addons_repo_url }}\nspec:\n  source:\n    repoURL: {{ $url }}\n',
      },
      'annotations',
      'addons_repo_url',
      'repoURL',
    ],
    [
      'a key that is computed, which may be any',
      { project: '{{ index .metadata.labels (printf "team-%s" .name) }}' },
      'labels',
      'team-eu',
      'project',
    ],
  ])('are found in %s', (_case, options, metadata, key, field) => {
    const repository = repositoryWith(options);
    expect(read(metadata, key, repository)).toBe(field);
    expect(
      read(metadata === 'labels' ? 'annotations' : 'labels', key, repository),
    ).toBeUndefined();
  });

  it('are found in charts that render ApplicationSets', () => {
    const repository: RepositorySnapshot = {
      url: 'https://git.example.com/fleet',
      sha: '',
      files: new Map([
        ['addons/Chart.yaml', 'apiVersion: v2\nname: addons\nversion: 1.0.0\n'],
        [
          'addons/templates/set.yaml',
          "kind: ApplicationSet\nspec:\n  template:\n    spec:\n      source:\n        repoURL: '{{ `{{ .metadata.annotations.addons_repo_url }}` }}'\n",
        ],
      ]),
    };
    expect(read('annotations', 'addons_repo_url', repository)).toBe('repoURL');
    expect(read('annotations', 'owner', repository)).toBeUndefined();
  });

  it('are none that go elsewhere', () => {
    const repository = repositoryWith({
      generators: [
        {
          clusters: {
            selector: { matchLabels: { enable_web: 'true' } },
            values: { team: '{{.metadata.labels.team}}' },
          },
        },
      ],
      project: '{{.values.project}}',
      source: {
        repoURL: 'https://git.example.com/web',
        path: '{{.metadata.annotations.path}}',
      },
      templatePatch: 'metadata:\n  labels: {a: {{ .metadata.labels.a }}}\n',
    });
    for (const key of ['enable_web', 'team', 'a'])
      expect(read('labels', key, repository)).toBeUndefined();
    for (const key of ['path', 'owner'])
      expect(read('annotations', key, repository)).toBeUndefined();
  });
});
