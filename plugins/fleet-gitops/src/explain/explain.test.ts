import {
  edited,
  emptyHub as hub,
  HEAD,
  shopRepository as repository,
} from '../layouts/testdata/shopRepository';
import type { RepositorySnapshot } from '../model/repository';
import { explain } from './explain';

const ask = (
  service: string,
  cluster: string,
  files: RepositorySnapshot = repository,
) =>
  explain({
    service,
    cluster,
    repository: files,
    hub,
    hubId: 'hub-eu',
    branch: 'main',
  });

const text = (path: string) => repository.files.get(path)!;
const registered = {
  text: 'Registered in hub-eu',
  actual: 'yes',
  passed: true,
};

describe('explain', () => {
  it('says what is deployed', () => {
    expect(ask('billing', 'fra-prod')).toEqual({
      service: 'billing',
      cluster: 'fra-prod',
      verdict: 'deployed',
      reason: 'deployed',
      sentence:
        'Application `fra-prod-billing` deploys `billing` 2.3.0 to `fra-prod`.',
      checks: [
        registered,
        { text: 'enable_billing is true', actual: 'true', passed: true },
      ],
      applicationSet: 'billing',
      file: 'applicationsets/billing.yaml',
      applications: [
        {
          name: 'fra-prod-billing',
          namespace: 'argocd',
          path: [
            {
              kind: 'applicationset',
              name: 'billing',
              file: 'applicationsets/billing.yaml',
            },
          ],
          generator: 'spec.generators[0].clusters',
        },
      ],
      computedFrom: { sha: HEAD },
    });
  });

  it('says which label is missing, in which file, and offers to set it', () => {
    const explanation = ask('billing', 'lon-prod');
    expect(explanation).toMatchObject({
      verdict: 'absent',
      reason: 'label-missing',
      sentence:
        'ApplicationSet `billing` selects clusters labelled `enable_billing: "true"`; `lon-prod` has no such label.',
      checks: [
        registered,
        {
          text: 'enable_billing is true',
          actual: 'no such label',
          passed: false,
        },
      ],
      file: 'clusters/lon-prod.json',
      intent: {
        kind: 'service.onboard',
        parameters: { service: 'billing', clusters: ['lon-prod'] },
      },
      plan: { summary: 'creates 1, changes 0, deletes 0' },
    });
  });

  it('counts the label of cluster Secrets, which no file of a cluster needs', () => {
    const set = text('applicationsets/billing.yaml');
    const file = set.replace(
      /^( *)matchLabels:\n/m,
      '$&$1  argocd.argoproj.io/secret-type: cluster\n',
    );
    expect(file).not.toBe(set);
    expect(
      ask(
        'billing',
        'fra-prod',
        edited(repository, { 'applicationsets/billing.yaml': file }),
      ),
    ).toMatchObject({
      verdict: 'deployed',
      checks: [
        registered,
        { text: 'enable_billing is true', actual: 'true', passed: true },
      ],
    });
  });

  it.each<[string, () => ReturnType<typeof ask>, object]>([
    [
      'a label with another value',
      () =>
        ask(
          'catalog',
          'fra-prod',
          edited(repository, {
            'clusters/europe.yaml': text('clusters/europe.yaml').replace(
              'enable_order',
              'enable_catalog: "false"\n        enable_order',
            ),
          }),
        ),
      {
        verdict: 'absent',
        reason: 'label-value',
        sentence:
          'ApplicationSet `catalog` selects clusters labelled `enable_catalog: "true"`; on `fra-prod` it is `"false"`.',
        intent: {
          kind: 'service.onboard',
          parameters: { service: 'catalog', clusters: ['fra-prod'] },
        },
      },
    ],
    [
      'an expression about what the cluster is, which no switch meets',
      () =>
        ask(
          'catalog',
          'fra-staging',
          edited(repository, {
            'clusters/europe.yaml': text('clusters/europe.yaml').replace(
              'enable_catalog: "false"',
              'enable_catalog: "true"',
            ),
          }),
        ),
      {
        verdict: 'absent',
        reason: 'selector-expression',
        sentence:
          'ApplicationSet `catalog` selects clusters whose label `environment` is prod; `fra-staging` has `environment: "staging"`.',
        checks: [
          registered,
          { text: 'enable_catalog is true', actual: 'true', passed: true },
          { text: 'environment is prod', actual: 'staging', passed: false },
        ],
        intent: undefined,
      },
    ],
    [
      'a switch and an expression at once: nothing is offered',
      () => ask('catalog', 'fra-staging'),
      { reason: 'label-value', intent: undefined, plan: undefined },
    ],
    [
      'two switches: both are offered',
      () =>
        ask(
          'billing',
          'sgp-prod',
          edited(repository, {
            'applicationsets/billing.yaml': text(
              'applicationsets/billing.yaml',
            ).replace(
              'enable_billing: "true"',
              'enable_billing: "true"\n            certified: "yes"',
            ),
          }),
        ),
      {
        reason: 'label-missing',
        intent: {
          kind: 'cluster.label',
          parameters: {
            cluster: 'sgp-prod',
            labels: { enable_billing: 'true', certified: 'yes' },
          },
        },
      },
    ],
    [
      'a service that is not deployed anywhere',
      () => ask('returns', 'sgp-prod'),
      {
        verdict: 'absent',
        reason: 'not-onboarded',
        sentence: 'No ApplicationSet in the repository deploys `returns`.',
        intent: {
          kind: 'service.onboard',
          parameters: { service: 'returns', clusters: ['sgp-prod'] },
        },
      },
    ],
    [
      'a service without a chart',
      () => ask('ghost', 'sgp-prod'),
      { verdict: 'absent', reason: 'not-onboarded', intent: undefined },
    ],
    [
      'a cluster that nobody knows',
      () => ask('billing', 'fra-pro'),
      {
        verdict: 'unknown',
        reason: 'cluster-unknown',
        sentence:
          'Cluster `fra-pro` is registered neither in the hub nor in the repository. Did you mean `fra-prod`?',
      },
    ],
    [
      'a cluster that only the hub knows: nothing in Git to edit',
      () =>
        explain({
          service: 'billing',
          cluster: 'edge-1',
          repository,
          branch: 'main',
          hub: {
            ...hub,
            clusters: [
              {
                name: 'edge-1',
                server: 'https://edge',
                labels: {},
                annotations: {},
              },
            ],
          },
        }),
      {
        verdict: 'absent',
        reason: 'label-missing',
        file: 'applicationsets/billing.yaml',
        intent: undefined,
      },
    ],
    [
      'an ApplicationSet that fails',
      () =>
        ask(
          'billing',
          'sgp-prod',
          edited(repository, {
            'applicationsets/billing.yaml': text(
              'applicationsets/billing.yaml',
            ).replace('team: shop', "team: '{{.metadata.labels.team}}'"),
          }),
        ),
      {
        verdict: 'unknown',
        reason: 'evaluation-error',
        sentence: expect.stringContaining(
          'ApplicationSet `billing` fails, so Argo CD creates and changes nothing: ',
        ),
        intent: undefined,
      },
    ],
    [
      'an ApplicationSet that needs a third party',
      () =>
        ask(
          'billing',
          'sgp-prod',
          edited(repository, {
            'applicationsets/billing.yaml': text(
              'applicationsets/billing.yaml',
            ).replace(
              / {4}- clusters:[^]*?(?= {2}template)/,
              '    - pullRequest: {github: {owner: shop, repo: web}}\n',
            ),
          }),
        ),
      { verdict: 'not-evaluable', reason: 'not-evaluable', intent: undefined },
    ],
    [
      'a list that does not name the cluster',
      () =>
        ask(
          'billing',
          'sgp-prod',
          edited(repository, {
            'applicationsets/billing.yaml': text(
              'applicationsets/billing.yaml',
            ).replace(
              / {4}- clusters:[^]*?(?= {2}template)/,
              '    - list: {elements: [{name: lon-prod, metadata: {labels: {environment: prod}}}]}\n',
            ),
          }),
        ),
      {
        verdict: 'absent',
        reason: 'list-element-missing',
        sentence:
          'The list of ApplicationSet `billing` has `lon-prod`, not `sgp-prod`.',
        intent: {
          kind: 'service.enable',
          parameters: { service: 'billing', clusters: ['sgp-prod'] },
        },
      },
    ],
    [
      'a file that cannot be read',
      () =>
        ask(
          'returns',
          'sgp-prod',
          edited(repository, {
            'applicationsets/returns.yaml': 'kind: ApplicationSet\nspec: [',
          }),
        ),
      {
        verdict: 'not-evaluable',
        reason: 'unreadable-file',
        file: 'applicationsets/returns.yaml',
        intent: undefined,
      },
    ],
  ])('says so for %s', (_case, run, expected) => {
    const explanation = run();
    for (const [field, value] of Object.entries(expected))
      expect({ [field]: explanation[field as 'reason'] }).toEqual({
        [field]: value,
      });
  });
});
