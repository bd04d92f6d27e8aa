import fc from 'fast-check';
import { applyIntent, parseIntent } from '../intents';
import { withChanges } from '../repository';
import {
  edited,
  emptyHub as hub,
  shopRepository as repository,
} from '../layouts/testdata/shopRepository';
import type { RepositorySnapshot } from '../model/repository';
import { destinationCluster } from '../sources';
import { evaluateRepository } from '../repository';
import { explain } from './explain';

const text = (path: string) => repository.files.get(path)!;

describe('for any labels and selectors', () => {
  const operator = fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist');
  const labelKey = fc.constantFrom(
    'enable_billing',
    'environment',
    'certified',
    'frozen',
  );
  const labelValue = fc.constantFrom('true', 'false', 'prod');
  const selector = fc.record({
    matchLabels: fc.dictionary(labelKey, labelValue, {
      maxKeys: 2,
      noNullPrototype: true,
    }),
    matchExpressions: fc.array(
      fc
        .record({
          key: labelKey,
          operator,
          values: fc.array(labelValue, { minLength: 1, maxLength: 2 }),
        })
        .map(({ values, ...rest }) => ({
          ...rest,
          ...(rest.operator.endsWith('In') ? { values } : {}),
        })),
      { maxLength: 2 },
    ),
  });
  const labels = fc.dictionary(labelKey, labelValue, { noNullPrototype: true });

  function build(
    selectors: object[],
    clusterLabels: Record<string, string>,
  ): RepositorySnapshot {
    const applicationSet = text('applicationsets/billing.yaml')
      .replace(
        / {4}- clusters:[^]*?(?= {2}template)/,
        selectors
          .map(
            item => `    - clusters: ${JSON.stringify({ selector: item })}\n`,
          )
          .join(''),
      )
      .replace(
        'values-{{.metadata.labels.environment}}.yaml',
        'values-prod.yaml',
      );
    const lines = Object.entries(clusterLabels).map(
      ([key, value]) => `\r\n    ${key}: ${JSON.stringify(value)}`,
    );
    return edited(repository, {
      'applicationsets/billing.yaml': applicationSet,
      'clusters/sgp-prod.yaml': text('clusters/sgp-prod.yaml').replace(
        '\r\n    environment: prod',
        lines.join(''),
      ),
    });
  }

  function generated(files: RepositorySnapshot): boolean {
    const { applicationSets, hub: merged } = evaluateRepository(files, hub, {
      branch: 'main',
    });
    const billing = applicationSets.find(
      ({ key }) => key === 'argocd/billing',
    )!.evaluation;
    return (
      billing.status === 'ok' &&
      billing.applications.some(
        ({ application }) =>
          destinationCluster(application, merged.clusters) === 'sgp-prod',
      )
    );
  }

  it('the verdict is what the evaluation says, and an offered intent makes the Application appear', () => {
    let offered = 0;
    fc.assert(
      fc.property(
        fc.array(selector, { minLength: 1, maxLength: 2 }),
        labels,
        (selectors, clusterLabels) => {
          const files = build(selectors, clusterLabels);
          const explanation = explain({
            service: 'billing',
            cluster: 'sgp-prod',
            repository: files,
            hub,
            branch: 'main',
          });
          const isThere = generated(files);
          expect(explanation.verdict).toBe(isThere ? 'deployed' : 'absent');
          const failed = explanation.checks.some(({ passed }) => !passed);
          expect(failed).toBe(!isThere);
          offered += explanation.intent ? 1 : 0;
          expect(isThere && Boolean(explanation.intent)).toBe(false);
          const changed = explanation.intent
            ? withChanges(
                files,
                applyIntent(parseIntent(explanation.intent), files).changes,
              )
            : files;
          expect(generated(changed)).toBe(
            isThere || Boolean(explanation.intent),
          );
        },
      ),
      { numRuns: 150 },
    );
    expect(offered).toBeGreaterThan(5);
  });
});
