import fc from 'fast-check';
import { renderFastTemplate } from '../fasttemplate';
import { renderGoTemplate } from '../gotemplate';
import type { ApplicationSet } from '../model/argocd';
import type { ClusterRecord, HubSnapshot } from '../model/fleetSnapshot';
import { evaluateApplicationSet, prepareApplicationSet } from './evaluate';
import { LabelSelector, matchesLabelSelector } from './selector';

const keys = ['x', 'y', 'environment', 'team'];
const labels = fc.dictionary(
  fc.constantFrom(...keys),
  fc.constantFrom('a', 'b', 'true'),
  { noNullPrototype: true },
);
const clusters = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('Europe.West', 'us-east', 'asia', 'in-cluster'),
    server: fc.constantFrom('https://one', 'https://kubernetes.default.svc'),
    project: fc.option(fc.constant('shop'), { nil: undefined }),
    labels,
    annotations: labels,
  }),
  { selector: ({ name }) => name },
);
const values = fc.constantFrom<Record<string, string> | undefined>(
  undefined,
  { a: '{{.name}}-x' },
  { a: '{{.metadata.labels.x}}', b: 'b' },
);
const hubOf = (own: ClusterRecord[]): HubSnapshot => ({
  clusters: own,
  repositories: () => undefined,
});

function applicationSet(
  generator: object,
  name: string,
  options: { goTemplate?: boolean; behind?: object } = {},
): ApplicationSet {
  const { goTemplate = true, behind } = options;
  return JSON.parse(
    JSON.stringify({
      kind: 'ApplicationSet',
      metadata: { name: 'set', namespace: 'argocd' },
      spec: {
        goTemplate,
        generators: [{ clusters: generator, selector: behind }],
        template: {
          metadata: { name },
          spec: { project: 'shop', destination: {} },
        },
      },
    }),
  );
}

describe('evaluateApplicationSet', () => {
  it('says the same whether parameters are shared or, because a template may write into them, are not', () => {
    fc.assert(
      fc.property(clusters, values, fc.boolean(), (own, extra, flatList) => {
        const generator = { values: extra, flatList };
        const name =
          '{{ .name }}{{ range .clusters }}{{ .name }}{{ end }}{{ with .metadata }}{{ toJson .labels }}{{ end }}';
        const shared = applicationSet(generator, name);
        const copied = applicationSet(generator, `${name}{{/* set */}}`);
        expect(evaluateApplicationSet(shared, hubOf(own))).toEqual(
          evaluateApplicationSet(copied, hubOf(own)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('leaves clusters as they were, so that a second evaluation says the same', () => {
    const writing =
      '{{ $_ := set . "name" "changed" }}{{ $_ := set .metadata "labels" (dict "x" "changed") }}{{ .name }}';
    fc.assert(
      fc.property(
        clusters,
        fc.constantFrom(writing, '{{.name}}'),
        (own, name) => {
          const original = structuredClone(own);
          const set = applicationSet(
            {
              selector: {
                matchExpressions: [{ key: 'none', operator: 'DoesNotExist' }],
              },
            },
            name,
          );
          const evaluate = prepareApplicationSet(set);
          const hub = hubOf(own);
          const first = structuredClone(evaluate(hub));
          expect(evaluate(hub)).toEqual(first);
          expect(evaluateApplicationSet(set, hub)).toEqual(first);
          expect(own).toEqual(original);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('the two template languages', () => {
  const text = fc.stringMatching(/^[a-z0-9 ._/-]{0,8}$/);
  const names = ['name', 'region', 'a1'];
  const parts = fc.array(
    fc.oneof(
      text,
      fc.constantFrom(...names).map(name => ({ name })),
    ),
    { maxLength: 6 },
  );

  it('say the same where only parameters are put into text', () => {
    fc.assert(
      fc.property(parts, fc.tuple(text, text, text), (template, [a, b, c]) => {
        const params = { name: a, region: b, a1: c };
        const write = (prefix: string) =>
          template
            .map(part =>
              typeof part === 'string' ? part : `{{ ${prefix}${part.name} }}`,
            )
            .join('');
        expect(renderFastTemplate(write(''), params)).toBe(
          renderGoTemplate(write('.'), params),
        );
      }),
    );
  });

  it('generate the same Applications for clusters', () => {
    fc.assert(
      fc.property(clusters, own => {
        const inCluster = ({ server }: ClusterRecord) =>
          server === 'https://kubernetes.default.svc';
        // Otherwise the hub itself is added, which has no labels: an error for one language, text for the other.
        fc.pre(own.some(inCluster));
        const labelled = own.map(cluster => ({
          ...cluster,
          labels: { x: 'none', ...cluster.labels },
        }));
        const generated = (goTemplate: boolean, template: string) => {
          const evaluation = evaluateApplicationSet(
            applicationSet({}, template, { goTemplate }),
            hubOf(labelled),
          );
          if (evaluation.status !== 'ok') return evaluation;
          return evaluation.applications.map(({ application }) => application);
        };
        expect(
          generated(false, '{{name}}-{{nameNormalized}}-{{metadata.labels.x}}'),
        ).toEqual(
          generated(
            true,
            '{{.name}}-{{.nameNormalized}}-{{.metadata.labels.x}}',
          ),
        );
      }),
    );
  });
});

describe('matchesLabelSelector', () => {
  const value = fc.constantFrom('a', 'b', 'true', '');
  const selector: fc.Arbitrary<LabelSelector> = fc.record({
    matchLabels: fc.dictionary(fc.constantFrom(...keys), value, {
      noNullPrototype: true,
    }),
    matchExpressions: fc.array(
      fc.record({
        key: fc.constantFrom(...keys),
        operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
        values: fc.array(value, { maxLength: 2 }),
      }),
      { maxLength: 3 },
    ),
  });

  /** Kubernetes' documentation read as sets of labels. */
  function naive(
    { matchLabels = {}, matchExpressions = [] }: LabelSelector,
    own: Record<string, string>,
  ): boolean {
    const pairs = new Set(Object.entries(own).map(pair => pair.join('=')));
    const present = new Set(Object.keys(own));
    const hasOneOf = (key: string, all: string[]) =>
      all.some(item => pairs.has(`${key}=${item}`));
    const holds: Record<string, (key: string, all: string[]) => boolean> = {
      In: hasOneOf,
      NotIn: (key, all) => !hasOneOf(key, all),
      Exists: key => present.has(key),
      DoesNotExist: key => !present.has(key),
    };
    return (
      Object.entries(matchLabels).every(pair => pairs.has(pair.join('='))) &&
      matchExpressions.every(({ key, operator, values: all = [] }) =>
        holds[operator](key, all),
      )
    );
  }

  it('is what a naive reading of the documentation says', () => {
    fc.assert(
      fc.property(selector, labels, (wanted, own) => {
        expect(matchesLabelSelector(wanted, own)).toBe(naive(wanted, own));
      }),
      { numRuns: 1000 },
    );
  });

  it('selects in a generator what it selects alone', () => {
    fc.assert(
      fc.property(selector, clusters, (wanted, own) => {
        const evaluation = evaluateApplicationSet(
          applicationSet({ selector: wanted }, '{{.name}}'),
          hubOf(own),
        );
        // An empty selector adds the hub; one that Kubernetes refuses is an error.
        if (evaluation.status !== 'ok') return;
        const selected = evaluation.applications.map(({ params }) => params);
        expect(
          selected.filter(({ metadata }) => metadata).map(({ name }) => name),
        ).toEqual(
          own
            .filter(cluster => naive(wanted, cluster.labels))
            .map(({ name }) => name),
        );
      }),
      { numRuns: 500 },
    );
  });
});
