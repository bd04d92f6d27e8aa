import fc from 'fast-check';
import { applyIntent, parseIntent } from '../intents';
import { edited } from '../layouts/testdata/shopRepository';
import type { RepositorySnapshot } from '../model/repository';
import {
  evaluateRepository,
  originsOf,
  serviceApplications,
  withChanges,
} from '../repository';
import {
  noClusters as hub,
  PLATFORM_URL,
  platformRepository,
} from '../repository/testdata/platformRepository';
import { explain } from './explain';

/** Whether the service is on the cluster, as the evaluation alone says; `undefined` where it says nothing. */
function isThere(
  repository: RepositorySnapshot,
  service: string,
  cluster: string,
): boolean | undefined {
  const evaluation = evaluateRepository(
    { ...repository, files: new Map(repository.files) },
    hub,
    { branch: 'main' },
  );
  if (evaluation.origins.some(origin => origin.evaluation.status !== 'ok'))
    return undefined;
  return originsOf(service, evaluation).some(
    origin =>
      serviceApplications(service, cluster, origin, evaluation).length > 0,
  );
}

/** Explains, and checks the answer against the evaluation before and after the offered intent. */
function check(
  repository: RepositorySnapshot,
  service: string,
  cluster: string,
): string {
  const explanation = explain({
    service,
    cluster,
    repository,
    hub,
    branch: 'main',
  });
  const { verdict, intent, reason, applications } = explanation;
  const before = isThere(repository, service, cluster);
  if (before === undefined) return reason;
  expect({ reason, verdict }).toEqual({
    reason,
    verdict: before ? 'deployed' : 'absent',
  });
  expect(applications.length > 0).toBe(before);
  expect(explanation.checks.some(({ passed }) => !passed)).toBe(
    !before && reason !== 'not-generated',
  );
  if (intent) {
    const { changes } = applyIntent(parseIntent(intent), repository, {
      branch: 'main',
      clusters: hub.clusters,
    });
    expect(isThere(withChanges(repository, changes), service, cluster)).toBe(
      true,
    );
  }
  return intent ? 'offered' : reason;
}

const text = (path: string) => platformRepository.files.get(path)!;

describe('what is offered makes the Application appear', () => {
  it('in any values of a chart of Applications', () => {
    const toggle = fc.constantFrom(undefined, true, false);
    const values = fc.record({ pricing: toggle, orderHistory: toggle });
    const asYaml = (given: Record<string, boolean | undefined>) =>
      Object.entries(given)
        .filter(([, enable]) => enable !== undefined)
        .map(([key, enable]) => `${key}:\n  enable: ${enable}\n`)
        .join('');
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        values,
        values,
        values,
        fc.constantFrom('pricing', 'order-history', 'returns'),
        fc.constantFrom('berlin', 'oslo'),
        (defaults, berlin, oslo, service, cluster) => {
          const repository = edited(platformRepository, {
            'apps/values.yaml':
              `cluster: {name: ""}\npricing: {}\norderHistory: {}\n${asYaml(
                defaults,
              )}`.replace(/(pricing|orderHistory): \{\}\n(?=[^]*^\1:)/gm, ''),
            'apps/values.berlin.yaml': `cluster:\n  name: berlin\n${asYaml(
              berlin,
            )}`,
            'apps/values.oslo.yaml': `cluster:\n  name: oslo\n${asYaml(oslo)}`,
          });
          seen.add(check(repository, service, cluster));
        },
      ),
      { numRuns: 15 },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['offered', 'deployed']));
    expect(text('apps/values.yaml')).toContain('enable');
  });

  it('in any ApplicationSet', () => {
    const label = fc.constantFrom('enable_web', 'tier', 'frozen');
    const labels = fc.dictionary(label, fc.constantFrom('true', 'false'), {
      noNullPrototype: true,
    });
    const clusters = fc.oneof(
      fc.constant({ clusters: {} }),
      labels.map(matchLabels => ({ clusters: { selector: { matchLabels } } })),
      fc
        .record({
          key: label,
          operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
        })
        .map(({ key, operator }) => ({
          clusters: {
            selector: {
              matchLabels: { enable_web: 'true' },
              matchExpressions: [
                {
                  key,
                  operator,
                  ...(operator.endsWith('In') ? { values: ['true'] } : {}),
                },
              ],
            },
          },
        })),
    );
    const element = fc.record({
      name: fc.constantFrom('berlin', 'oslo'),
      server: fc.constant('https://x'),
    });
    const list = fc
      .uniqueArray(element, { maxLength: 2, selector: ({ name }) => name })
      .map(elements => ({ list: { elements } }));
    // Patterns that match a file for one cluster, a directory of no cluster, and nothing at all.
    const git = fc
      .constantFrom(
        { files: [{ path: 'on/*.json' }] },
        { files: [{ path: 'on/*/service.json' }] },
        { directories: [{ path: 'on/*' }] },
        { directories: [{ path: 'clusters' }] },
      )
      .map(reads => ({
        git: { repoURL: PLATFORM_URL, revision: 'main', ...reads },
      }));
    const stages = fc.constantFrom([], [{ stage: 'x' }]).map(elements => ({
      list: { elements },
    }));
    const leaf = fc.oneof(clusters, list);
    const generator = fc.oneof(
      leaf,
      git,
      fc.tuple(git, leaf).map(generators => ({ matrix: { generators } })),
      fc.tuple(stages, leaf).map(generators => ({ matrix: { generators } })),
      fc
        .tuple(leaf, list)
        .map(generators => ({ merge: { mergeKeys: ['name'], generators } })),
      fc
        .tuple(leaf, fc.constantFrom('berlin', 'oslo'))
        .map(([inner, name]) => ({
          ...inner,
          selector: { matchLabels: { name } },
        })),
    );
    const secret = (name: string, own: Record<string, string>) =>
      JSON.stringify(
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: {
            name,
            namespace: 'argocd',
            labels: { ...own, 'argocd.argoproj.io/secret-type': 'cluster' },
          },
          stringData: { name, server: `https://${name}` },
        },
        undefined,
        2,
      );
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(generator, { minLength: 1, maxLength: 2 }),
        labels,
        labels,
        (generators, berlin, oslo) => {
          const repository: RepositorySnapshot = {
            url: PLATFORM_URL,
            sha: '',
            files: new Map([
              ['clusters/berlin.json', secret('berlin', berlin)],
              ['clusters/oslo.json', secret('oslo', oslo)],
              ['on/berlin.json', '{"name": "berlin"}'],
              ['web/Chart.yaml', 'apiVersion: v2\nname: web\nversion: 1.0.0\n'],
              [
                'sets/web.json',
                JSON.stringify(
                  {
                    apiVersion: 'argoproj.io/v1alpha1',
                    kind: 'ApplicationSet',
                    metadata: { name: 'web', namespace: 'argocd' },
                    spec: {
                      goTemplate: true,
                      generators,
                      template: {
                        metadata: { name: '{{.name}}-web' },
                        spec: {
                          project: 'default',
                          source: {
                            repoURL: PLATFORM_URL,
                            path: 'web',
                            targetRevision: 'main',
                          },
                          destination: { name: '{{.name}}', namespace: 'web' },
                        },
                      },
                    },
                  },
                  undefined,
                  2,
                ),
              ],
            ]),
          };
          seen.add(check(repository, 'web', 'oslo'));
        },
      ),
      // With a seed, so that the generators that are chosen reach every reason below.
      { numRuns: 150, seed: 20 },
    );
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'deployed',
        'offered',
        'label-missing',
        'merge-base-missing',
        'path-pattern',
        'post-selector',
      ]),
    );
  });
});
