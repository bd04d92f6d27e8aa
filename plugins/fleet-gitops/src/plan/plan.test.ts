import type { FileChanges } from '../model/repository';
import { applyIntent, parseIntent } from '../intents';
import {
  edited,
  emptyHub as hub,
  HEAD,
  shopRepository as repository,
} from '../layouts/testdata/shopRepository';
import type { RepositorySnapshot } from '../model/repository';
import { planChanges, PlanOptions } from './planChanges';

const text = (path: string, from: RepositorySnapshot = repository) =>
  from.files.get(path)!;

function plan(
  changes: Record<string, string | undefined>,
  options: Partial<PlanOptions> = {},
) {
  return planChanges({
    repository,
    changes: new Map(Object.entries(changes)),
    hub,
    branch: 'main',
    hubId: 'hub-eu',
    ...options,
  });
}

const short = ({
  action,
  name,
  cluster,
  version,
}: {
  action: string;
  name: string;
  cluster: string;
  version?: string;
}) => [action, name, cluster, version].filter(Boolean).join(' ');

describe('the effect of an intent', () => {
  it('creates Applications where the cluster fits, and shows the edit', () => {
    const { changes, touched } = applyIntent(
      parseIntent({
        kind: 'service.onboard',
        parameters: {
          service: 'order-history',
          clusters: ['lon-prod', 'sgp-prod'],
        },
      }),
      repository,
    );
    const result = planChanges({
      repository,
      changes,
      hub,
      branch: 'main',
      touched,
    });
    expect(result).toMatchObject({
      evaluable: true,
      unchanged: false,
      summary: 'creates 2, changes 0, deletes 0',
      creates: 2,
      guards: [],
      base: { sha: HEAD },
    });
    // The chart says 1.10 in quotes: a string, not the number 1.1.
    expect(result.applications.map(short)).toEqual([
      'create lon-prod-order-history lon-prod 1.10',
      'create sgp-prod-order-history sgp-prod 1.10',
    ]);
    expect(result.edits.map(({ path, action }) => [path, action])).toEqual([
      ['clusters/lon-prod.json', 'update'],
      ['clusters/sgp-prod.yaml', 'update'],
    ]);
    expect(result.edits[0].diff).toBe(`--- a/clusters/lon-prod.json
+++ b/clusters/lon-prod.json
@@ -8,7 +8,8 @@
       "argocd.argoproj.io/secret-type": "cluster",
       "environment": "prod",
       "region": "lon",
-      "enable_catalog": "true"
+      "enable_catalog": "true",
+      "enable_order_history": "true"
     }
   },
   "data": {
`);
  });

  it('says that nothing changes', () => {
    const same = plan({ 'projects/shop.yaml': text('projects/shop.yaml') });
    expect(same).toMatchObject({
      evaluable: true,
      unchanged: true,
      summary: 'nothing to change',
      edits: [],
      applications: [],
    });
  });
});

describe('changes of Applications', () => {
  it('lists fields, revision and destination first', () => {
    const result = plan({
      'applicationsets/billing.yaml': text('applicationsets/billing.yaml')
        .replace('targetRevision: main', 'targetRevision: v2')
        .replace('namespace: billing', 'namespace: money')
        .replace('team: shop', 'team: finance'),
    });
    expect(result.applications.map(short)).toEqual([
      'change fra-prod-billing fra-prod v2',
      'change fra-staging-billing fra-staging v2',
    ]);
    expect(result.applications[1].fields).toEqual([
      // What the files say at that revision is not known here, so the revision stands for the version.
      { path: 'version', before: '2.3.0', after: 'v2' },
      { path: 'spec.source.targetRevision', before: 'main', after: 'v2' },
      { path: 'spec.destination.namespace', before: 'billing', after: 'money' },
      { path: 'metadata.labels.team', before: 'shop', after: 'finance' },
    ]);
  });

  it('sees values of the chart', () => {
    const result = plan({
      'services/billing/values.yaml': text('services/billing/values.yaml')
        .replace('2.3.0', '2.4.0')
        .replace('replicas: 2', 'replicas: 3'),
    });
    expect(
      result.applications.map(({ name, fields }) => [name, fields]),
    ).toEqual([
      // In production another file says the number of replicas.
      [
        'fra-prod-billing',
        [
          { path: 'version', before: '2.3.0', after: '2.4.0' },
          { path: 'values.image.tag', before: '2.3.0', after: '2.4.0' },
        ],
      ],
      [
        'fra-staging-billing',
        [
          { path: 'version', before: '2.3.0', after: '2.4.0' },
          { path: 'values.image.tag', before: '2.3.0', after: '2.4.0' },
          { path: 'values.replicas', before: '2', after: '3' },
        ],
      ],
    ]);
  });

  it('sees a value file only where it is used', () => {
    const result = plan({
      'services/billing/values-prod.yaml': 'replicas: 9\n',
      'services/billing/values-test.yaml': 'a: 1\n',
    });
    expect(
      result.applications.map(({ name, fields }) => [name, fields]),
    ).toEqual([
      [
        'fra-prod-billing',
        [{ path: 'values.replicas', before: '6', after: '9' }],
      ],
    ]);
  });

  it('sees other files of the chart, and not comments in values', () => {
    const template = 'services/catalog/templates/secret.yaml';
    const result = plan({
      [template]: `${text(template)}# changed\n`,
      'services/billing/values.yaml': `# a comment\n${text(
        'services/billing/values.yaml',
      )}`,
    });
    expect(
      result.applications.map(({ name, fields }) => [name, fields]),
    ).toEqual([['lon-prod-catalog', [{ path: template }]]]);
  });

  it('leaves out what ignoreApplicationDifferences and preservedFields leave alone', () => {
    const annotated = 'annotations: { example.com/owner: shop }';
    const set = (spec: string) =>
      text('applicationsets/billing.yaml')
        .replace('spec:\n', `spec:\n${spec}`)
        .replace('team: shop', `team: shop\n      ${annotated}`);
    const from = edited(repository, {
      'applicationsets/billing.yaml': set(`  preservedFields:
    annotations: [example.com/owner]
  ignoreApplicationDifferences:
    - jsonPointers: [/spec/source/targetRevision]
    - name: fra-prod-billing
      jqPathExpressions: [.spec.destination.namespace]
`),
    });
    const result = plan(
      {
        'applicationsets/billing.yaml': text(
          'applicationsets/billing.yaml',
          from,
        )
          .replace('targetRevision: main', 'targetRevision: v2')
          .replace('namespace: billing', 'namespace: money')
          .replace(annotated, ''),
      },
      { repository: from },
    );
    expect(
      result.applications.map(({ name, fields }) => [
        name,
        fields.map(({ path }) => path),
      ]),
    ).toEqual([['fra-staging-billing', ['spec.destination.namespace']]]);
  });

  it('does not know what is written where it cannot read a jq expression', () => {
    const from = edited(repository, {
      'applicationsets/billing.yaml': text(
        'applicationsets/billing.yaml',
      ).replace(
        'spec:\n',
        'spec:\n  ignoreApplicationDifferences:\n    - jqPathExpressions: [input]\n',
      ),
    });
    const result = plan(
      {
        'applicationsets/billing.yaml': text(
          'applicationsets/billing.yaml',
          from,
        ).replace('team: shop', 'team: finance'),
      },
      { repository: from },
    );
    expect(result.evaluable).toBe(false);
    expect(result.notEvaluable).toMatch(
      /^ApplicationSet `billing`: ignoreApplicationDifferences: .*input/,
    );
  });

  it('follows applicationsSync', () => {
    const createOnly = edited(repository, {
      'applicationsets/billing.yaml': text(
        'applicationsets/billing.yaml',
      ).replace(
        'spec:\n',
        'spec:\n  syncPolicy:\n    applicationsSync: create-only\n',
      ),
    });
    const changed = text('clusters/europe.yaml').replace(
      / +enable_billing: "true" .*\n/,
      '',
    );
    expect(
      plan({ 'clusters/europe.yaml': changed }, { repository: createOnly })
        .deletes,
    ).toBe(0);
    expect(plan({ 'clusters/europe.yaml': changed }).deletes).toBe(1);
  });
});

describe('what cannot be computed', () => {
  const pullRequests = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: previews, namespace: argocd}
spec:
  generators:
    - matrix:
        generators:
          - clusters: {selector: {matchLabels: {previews: "true"}}}
          - pullRequest: {github: {owner: shop, repo: web}}
  template:
    metadata: {name: 'preview-{{name}}-{{number}}'}
    spec: {project: shop, source: {repoURL: 'https://git.example.com/shop/web', path: .}, destination: {name: '{{name}}'}}
`;
  const withPreviews = edited(repository, {
    'applicationsets/previews.yaml': pullRequests,
  });
  const labelled = text('clusters/europe.yaml').replace(
    'region: fra\n',
    'region: fra\n        previews: "true"\n',
  );

  it.each<[string, Record<string, string>, boolean]>([
    [
      'is said where the change can make a difference',
      { 'clusters/europe.yaml': labelled },
      false,
    ],
    [
      'is said for a new ApplicationSet of that kind',
      {
        'clusters/europe.yaml': labelled,
        'applicationsets/more.yaml': pullRequests.replace('previews,', 'more,'),
      },
      false,
    ],
    [
      'does not matter elsewhere',
      { 'services/billing/values.yaml': 'replicas: 4\n' },
      true,
    ],
  ])('%s', (_case, changes, evaluable) => {
    const result = plan(changes, { repository: withPreviews });
    expect(result.evaluable).toBe(evaluable);
    expect(result.notEvaluable ?? '').toMatch(
      evaluable ? /^$/ : /^ApplicationSet `(previews|more)`: /,
    );
  });

  it('is said where an ApplicationSet failed before, so that what exists is not known', () => {
    const billing = text('applicationsets/billing.yaml');
    const failing = edited(repository, {
      'applicationsets/billing.yaml': billing.replace(
        'team: shop',
        "team: '{{.metadata.labels.team}}'",
      ),
    });
    const result = plan(
      { 'applicationsets/billing.yaml': billing },
      { repository: failing },
    );
    expect(result.evaluable).toBe(false);
    expect(result.notEvaluable).toContain(
      'ApplicationSet `billing` fails before the change',
    );
  });
});

describe('the hub', () => {
  const onHub: PlanOptions['hub'] = {
    ...hub,
    clusters: [
      {
        name: 'fra-prod',
        server: 'https://fra-prod.example.com',
        labels: { enable_catalog: 'true', environment: 'test' },
        annotations: {},
      },
      {
        name: 'edge-1',
        server: 'https://edge-1.example.com',
        labels: { enable_catalog: 'true', environment: 'prod' },
        annotations: {},
      },
    ],
  };
  const catalog = text('applicationsets/catalog.yaml');
  const changes: FileChanges = new Map([
    [
      'applicationsets/catalog.yaml',
      catalog.replace('team: shop', 'team: web'),
    ],
  ]);

  it('adds its clusters and labels to those of the repository, whose own labels count', () => {
    const { applications } = planChanges({
      repository,
      changes,
      hub: onHub,
      branch: 'main',
    });
    expect(applications.map(({ cluster }) => cluster)).toEqual([
      'edge-1',
      'fra-prod',
      'lon-prod',
    ]);
  });

  it('loses a cluster and labels that the repository no longer declares', () => {
    const hubKnows: PlanOptions['hub'] = {
      ...hub,
      clusters: [
        {
          name: 'lon-prod',
          server: 'https://lon-prod.example.com',
          labels: { enable_catalog: 'true', environment: 'prod' },
          annotations: {},
        },
      ],
    };
    const withoutLabel = text('clusters/lon-prod.json')
      .replace('"lon",', '"lon"')
      .replace(/\n.*"enable_catalog": "true"/, '');
    for (const file of [undefined, withoutLabel]) {
      const result = planChanges({
        repository,
        changes: new Map([['clusters/lon-prod.json', file]]),
        hub: hubKnows,
        branch: 'main',
      });
      expect(result.applications.map(short)).toEqual([
        'delete lon-prod-catalog lon-prod 7.0.1',
      ]);
    }
  });
});
