import fc from 'fast-check';
import {
  ApplicationSetEvaluation,
  evaluateApplicationSet,
} from '../applicationset';
import type { ApplicationSet } from '../model/argocd';
import type { ClusterRecord, HubSnapshot } from '../model/fleetSnapshot';
import {
  changedClusters,
  evaluationDifference,
  reevaluate,
} from './incremental';

const REPOSITORY = 'https://git.example.com/shop/fleet';
const OTHER = 'https://git.example.com/shop/other';

/** A few names and labels, so that clusters come, go and change; one of them may be the hub itself. */
const cluster = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'in-cluster'),
  server: fc.constantFrom(
    'https://one',
    'https://two',
    'https://kubernetes.default.svc',
  ),
  labels: fc.dictionary(
    fc.constantFrom('x', 'y', 'environment'),
    fc.constantFrom('true', 'false', 'a', 'prod'),
    { noNullPrototype: true },
  ),
  annotations: fc.constantFrom<Record<string, string>>({}, { path: 'apps' }),
});
const clusters = fc.uniqueArray(cluster, {
  selector: ({ name }) => name,
  maxLength: 4,
});
const files = fc.dictionary(
  fc.constantFrom(
    'apps/a/config.json',
    'apps/b/config.json',
    'apps/prod/config.json',
    'notes.md',
  ),
  fc.constantFrom('{"region": "eu"}', '{"region": "us", "name": "a"}', '{'),
  { noNullPrototype: true },
);

const selector = fc.constantFrom<object | undefined>(
  undefined,
  { matchLabels: { x: 'true' } },
  { matchExpressions: [{ key: 'y', operator: 'NotIn', values: ['true'] }] },
  { matchLabels: { 'argocd.argoproj.io/secret-type': 'cluster' } },
  { matchLabels: { x: '{{want}}' } },
  { matchLabels: { x: '{{.want}}' } },
);
const clusterGenerator = fc
  .record({
    selector,
    values: fc.constantFrom<object | undefined>(
      undefined,
      { z: '{{name}}' },
      { z: '{{.name}}' },
    ),
    flatList: fc.constantFrom(false, false, false, true),
  })
  .map(clusterSpec => ({
    clusters: JSON.parse(JSON.stringify(clusterSpec)),
  }));
const listGenerator = fc.constantFrom(
  { list: { elements: [{ want: 'true' }, { want: 'false' }] } },
  { list: { elements: [{ name: 'a', z: 'one' }] } },
  { list: { elements: [{ name: 'a', want: 'true' }, { name: 'q' }] } },
);
const gitGenerator = fc
  .tuple(
    fc.constantFrom(REPOSITORY, REPOSITORY, OTHER, '{{name}}'),
    fc.constantFrom(
      { directories: [{ path: 'apps/*' }] },
      { directories: [{ path: 'apps/*' }, { path: 'apps/b', exclude: true }] },
      { directories: [{ path: 'apps/{{name}}' }] },
      { files: [{ path: 'apps/*/config.json' }] },
      { files: [{ path: 'apps/{{.name}}/config.json' }] },
      { files: [{ path: 'apps/{{name}}/*' }] },
    ),
  )
  .map(([repoURL, paths]) => ({
    git: { repoURL, revision: 'main', ...paths },
  }));
const single = fc.oneof(
  { weight: 3, arbitrary: clusterGenerator },
  { weight: 1, arbitrary: listGenerator },
  { weight: 1, arbitrary: gitGenerator },
);
const filtered = fc
  .tuple(
    single,
    fc.constantFrom<object | undefined>(
      undefined,
      undefined,
      { matchLabels: { name: 'a' } },
      { matchLabels: { 'metadata.labels.x': 'true' } },
    ),
  )
  .map(([generator, behind]) =>
    behind ? { ...generator, selector: behind } : generator,
  );
const matrix = (child: fc.Arbitrary<any>) =>
  fc.tuple(child, child).map(generators => ({ matrix: { generators } }));
const merge = (child: fc.Arbitrary<any>) =>
  fc
    .tuple(
      clusterGenerator,
      child,
      fc.constantFrom(['name'], ['metadata'], ['name', 'server']),
    )
    .map(([first, second, mergeKeys]) => ({
      merge: { generators: [first, second], mergeKeys },
    }));
const generators = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: filtered },
    { weight: 3, arbitrary: matrix(filtered) },
    { weight: 3, arbitrary: merge(filtered) },
    { weight: 1, arbitrary: matrix(fc.oneof(single, merge(single))) },
    {
      weight: 1,
      arbitrary: fc.constant({
        clusterDecisionResource: { configMapRef: 'decisions', name: 'here' },
      }),
    },
    {
      weight: 1,
      arbitrary: fc.constant({ plugin: { configMapRef: { name: 'any' } } }),
    },
  ),
  { minLength: 1, maxLength: 2 },
);

const RESOURCES = [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'decisions' },
    data: {
      apiVersion: 'example.com/v1',
      kind: 'decisions',
      statusListKey: 'clusters',
      matchKey: 'name',
    },
  },
  {
    apiVersion: 'example.com/v1',
    kind: 'Decision',
    metadata: { name: 'here' },
    status: { clusters: [{ name: 'a' }, { name: 'c' }] },
  },
];

function hubOf(
  own: ClusterRecord[],
  content: Record<string, string>,
): HubSnapshot {
  const snapshot = {
    url: REPOSITORY,
    sha: '',
    files: new Map(Object.entries(content)),
  };
  return {
    clusters: own,
    resources: RESOURCES,
    repositories: url => (url === REPOSITORY ? snapshot : undefined),
  };
}

function applicationSet(
  goTemplate: boolean,
  missingKey: boolean,
  own: object[],
): ApplicationSet {
  const name = goTemplate ? '{{.name}}' : '{{name}}';
  const environment = goTemplate
    ? '{{ index .metadata.labels "environment" }}'
    : '{{metadata.labels.environment}}';
  return {
    kind: 'ApplicationSet',
    metadata: { name: 'set', namespace: 'argocd' },
    spec: {
      goTemplate,
      goTemplateOptions: missingKey ? ['missingkey=error'] : [],
      generators: own,
      template: {
        metadata: { name: `${name}-shop`, labels: { environment } },
        spec: { project: 'shop', destination: { name } },
      },
    },
  };
}

/** Order says nothing: Argo CD's own is random. */
function sorted(evaluation: ApplicationSetEvaluation) {
  if (evaluation.status !== 'ok') return evaluation;
  const texts = evaluation.applications.map(item =>
    JSON.stringify(canonical(item)),
  );
  return { status: 'ok', applications: texts.sort() };
}

function canonical(value: any): any {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(key => [key, canonical(value[key])]),
  );
}

/** The order stays, which a list of all clusters shows. */
function replaceClusters(
  all: ClusterRecord[],
  changed: ClusterRecord[],
  gone: string[],
): ClusterRecord[] {
  const known = new Set(all.map(({ name }) => name));
  return [
    ...all.flatMap(record => {
      const own = changed.filter(({ name }) => name === record.name);
      return own.length > 0 ? own : [record];
    }),
    ...changed.filter(({ name }) => !known.has(name)),
  ].filter(({ name }) => !gone.includes(name));
}

describe('reevaluate', () => {
  it('says "same" or computes what an evaluation of everything says, for all generators', () => {
    const seen = { same: 0, partial: 0, full: 0, error: 0 };
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.boolean(),
        generators,
        clusters,
        fc.array(cluster, { maxLength: 2 }),
        fc.subarray(['a', 'b', 'c', 'in-cluster'], { maxLength: 1 }),
        files,
        fc.option(files, { nil: undefined }),
        (goTemplate, missingKey, own, old, other, gone, oldFiles, newFiles) => {
          const set = applicationSet(goTemplate, missingKey, own);
          const now = replaceClusters(old, other, gone);
          const before = hubOf(old, oldFiles);
          const after: HubSnapshot = newFiles
            ? hubOf(now, newFiles)
            : { ...before, clusters: now };
          const evaluated = evaluateApplicationSet(set, before);
          const answer = reevaluate(
            set,
            set,
            after,
            changedClusters(old, now),
            before,
          );
          if (answer === 'full') {
            seen.full++;
            return;
          }
          const expected = evaluateApplicationSet(set, after);
          seen[answer === 'same' ? 'same' : 'partial']++;
          if (expected.status === 'error') seen.error++;
          const actual = answer === 'same' ? evaluated : answer(evaluated);
          expect(sorted(actual)).toEqual(sorted(expected));
        },
      ),
      { numRuns: 3000 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
  });

  it('keeps the objects of Applications that stay as they are, and says which do not', () => {
    const set = applicationSet(true, false, [{ clusters: {} }]);
    set.spec.template.metadata.labels.environment =
      '{{ with .metadata }}{{ .labels.environment }}{{ end }}';
    const record = (name: string, labels: Record<string, string>) => ({
      name,
      server: `https://${name}`,
      labels,
      annotations: {},
    });
    const old = [
      record('a', { environment: 'test' }),
      record('b', { environment: 'test', note: 'one' }),
    ];
    const now = [
      record('a', { environment: 'prod' }),
      record('b', { environment: 'test', note: 'two' }),
    ];
    const before = evaluateApplicationSet(set, hubOf(old, {}));
    const answer = reevaluate(
      set,
      set,
      hubOf(now, {}),
      changedClusters(old, now),
    );
    if (typeof answer === 'string') throw new Error(answer);
    const after = answer(before);
    if (before.status !== 'ok' || after.status !== 'ok')
      throw new Error('no Applications');
    const [, bBefore, hubBefore] = before.applications;
    const [aAfter, bAfter, hubAfter] = after.applications;
    expect(bAfter.application).toBe(bBefore.application);
    expect(bAfter.params.metadata.labels.note).toBe('two');
    expect(hubAfter).toBe(hubBefore);
    expect(aAfter.application.metadata.labels).toEqual({ environment: 'prod' });
    expect(evaluationDifference(after)).toEqual({
      before,
      removed: before.applications.slice(0, 2),
      added: after.applications.slice(0, 2),
    });
  });
});
