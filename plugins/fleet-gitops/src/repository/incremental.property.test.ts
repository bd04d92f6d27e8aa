import fc from 'fast-check';
import { withChanges } from './indexRepository';
import {
  emptyHub as hub,
  shopRepository as repository,
} from '../layouts/testdata/shopRepository';
import type { RepositorySnapshot } from '../model/repository';
import { evaluateRepository } from './evaluateRepository';

const names = ['a', 'b', 'c', 'd'];
const labels = fc.dictionary(
  fc.constantFrom('x', 'y', 'environment'),
  fc.constantFrom('true', 'false', 'prod'),
  { noNullPrototype: true },
);
const clusters = fc.dictionary(fc.constantFrom(...names), labels, {
  noNullPrototype: true,
});

/** Independent, empty, templated and nested selectors; errors; generators besides. */
const generators = fc.array(
  fc.constantFrom(
    { clusters: { selector: { matchLabels: { x: 'true' } } } },
    {
      clusters: {
        selector: {
          matchExpressions: [{ key: 'y', operator: 'NotIn', values: ['true'] }],
        },
      },
    },
    { clusters: {} },
    {
      clusters: {
        selector: { matchLabels: { y: 'true' } },
        values: { z: '{{index .metadata.labels "x"}}' },
      },
    },
    {
      clusters: {
        flatList: true,
        selector: { matchLabels: { environment: 'prod' } },
      },
    },
    { list: { elements: [{ name: 'a' }, { name: 'z' }] } },
    {
      matrix: {
        generators: [
          { list: { elements: [{ want: 'true' }, { want: 'false' }] } },
          { clusters: { selector: { matchLabels: { x: '{{.want}}' } } } },
        ],
      },
    },
    {
      git: {
        repoURL: 'https://git.example.com/shop/fleet',
        revision: 'main',
        directories: [{ path: 'services/*' }],
      },
    },
  ),
  { minLength: 1, maxLength: 2 },
);
const templates = fc.constantFrom(
  '{{.name}}',
  '{{.name}}-{{.metadata.labels.environment}}',
  'all-{{len .clusters}}',
);

function secret(name: string, own: Record<string, string>): string {
  return JSON.stringify({
    kind: 'Secret',
    metadata: {
      name,
      labels: { ...own, 'argocd.argoproj.io/secret-type': 'cluster' },
    },
    stringData: { name, server: `https://${name}` },
  });
}

function applicationSet(spec: object[], name: string): string {
  return JSON.stringify({
    kind: 'ApplicationSet',
    metadata: { name: 'set', namespace: 'argocd' },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: spec,
      template: {
        metadata: { name },
        spec: { project: 'shop', destination: { name: '{{.name}}' } },
      },
    },
  });
}

function files(
  set: string,
  own: Record<string, Record<string, string>>,
): Map<string, string | undefined> {
  return new Map([
    ['set.json', set],
    ...names.map((name): [string, string | undefined] => [
      `clusters/${name}.json`,
      own[name] && secret(name, own[name]),
    ]),
  ]);
}

function answer(evaluation: ReturnType<typeof evaluateRepository>) {
  const found = evaluation.applicationSets.find(
    ({ key }) => key === 'argocd/set',
  )!.evaluation;
  if (found.status !== 'ok') return found;
  // Order says nothing: Argo CD's own is random.
  const key = (item: (typeof found.applications)[number]) =>
    `${item.application.metadata.name} ${item.generator} ${item.params.name} ${item.params.want}`;
  return [...found.applications].sort((one, other) =>
    key(one) < key(other) ? -1 : 1,
  );
}

describe('an evaluation that follows from the one before', () => {
  it('is the one from scratch, whatever clusters and labels come, go and change', () => {
    fc.assert(
      fc.property(
        generators,
        templates,
        clusters,
        clusters,
        (spec, name, before, after) => {
          const set = applicationSet(spec, name);
          const old = withChanges(repository, files(set, before));
          evaluateRepository(old, hub, {
            branch: 'main',
          }).applicationSets.forEach(({ evaluation }) => evaluation);
          const now = withChanges(old, files(set, after));
          const scratch: RepositorySnapshot = {
            ...now,
            files: new Map(now.files),
          };
          expect(
            answer(
              evaluateRepository(now, hub, { branch: 'main', previous: old }),
            ),
          ).toEqual(
            answer(evaluateRepository(scratch, hub, { branch: 'main' })),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is the same object for ApplicationSets that do not select the changed cluster', () => {
    const before = evaluateRepository(repository, hub, { branch: 'main' });
    const europe = repository.files
      .get('clusters/europe.yaml')!
      .replace('environment: staging', 'environment: test');
    const after = evaluateRepository(
      withChanges(repository, new Map([['clusters/europe.yaml', europe]])),
      hub,
      {
        branch: 'main',
        previous: repository,
      },
    );
    const same = after.applicationSets
      .filter(set => before.applicationSets.includes(set))
      .map(({ key }) => key);
    expect(same).toEqual(['argocd/order-history', 'argocd/catalog']);
  });
});
