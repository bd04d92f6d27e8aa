import { loadExample } from '../../claims/__testUtils__/exampleRepository';
import { emptyHub } from '../../layouts/testdata/shopRepository';
import type { RepositorySnapshot } from '../../model/repository';
import { planChanges } from '../planChanges';

const url = 'https://git.example.com/acme/tools';

/** Two services from one ApplicationSet, on the clusters that each of them lists. */
const repository: RepositorySnapshot = {
  url,
  sha: '0123456789abcdef0123456789abcdef01234567',
  files: new Map([
    [
      'tools.yaml',
      `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: tools, namespace: argocd }
spec:
  goTemplate: true
  generators:
    - list:
        elements:
          - { service: wiki, cluster: a }
          - { service: wiki, cluster: b }
          - { service: chat, cluster: b }
  template:
    metadata: { name: "{{.service}}-{{.cluster}}", labels: { fleet/service: "{{.service}}" } }
    spec:
      project: default
      source: { repoURL: ${url}, path: "{{.service}}", targetRevision: main }
      destination: { name: "{{.cluster}}", namespace: tools }
`,
    ],
  ]),
};

function guards(
  services: string[] | undefined,
  ...without: string[]
): Array<string | undefined> {
  const text = without.reduce(
    (current, line) => current.replace(line, ''),
    repository.files.get('tools.yaml')!,
  );
  return planChanges({
    repository,
    changes: new Map([['tools.yaml', text]]),
    hub: {
      ...emptyHub,
      clusters: ['a', 'b'].map(name => ({
        name,
        server: `https://${name}`,
        labels: {},
        annotations: {},
      })),
    },
    branch: 'main',
    touched: services && { services, clusters: ['b'] },
    guards: { maxDeletionShare: 1 },
  }).guards.map(({ id, level, message }) => `${level} ${id}: ${message}`);
}

describe('lastCluster', () => {
  const chat = '          - { service: chat, cluster: b }\n';
  const wiki = '          - { service: wiki, cluster: b }\n';

  it.each<[string, ReturnType<typeof guards>, string[]]>([
    [
      'a service that loses its last cluster',
      guards([], chat, wiki),
      [
        'stop last-cluster: Takes `chat` off the last cluster that runs it. Put it on another one first.',
      ],
    ],
    ['one that keeps another cluster', guards([], wiki), []],
    ['one that the intent names', guards(['chat'], chat), []],
    ['a change that is no intent', guards(undefined, chat), []],
  ])('judges %s', (_case, found, expected) => {
    expect(found).toEqual(expected);
  });

  it('leaves a set that generates nothing to the other guard', () => {
    const example = loadExample(
      'hub-and-spoke',
      'http://localhost:7101/acme/fleet-gitops',
    );
    const changes = new Map(
      [...example.files]
        .filter(([file]) => file.startsWith('clusters/'))
        .map(([file, text]) => [
          file,
          text.replace(/ +enable_search: "true"\n/, ''),
        ]),
    );
    const plan = planChanges({
      repository: example,
      changes,
      hub: emptyHub,
      branch: 'main',
      touched: { services: [], clusters: [] },
    });
    expect(plan.guards.map(({ id }) => id)).toContain('empty-result');
    expect(plan.guards.map(({ id }) => id)).not.toContain('last-cluster');
  });
});
