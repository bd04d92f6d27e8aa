import fc from 'fast-check';
import type { ApplicationSet } from '../model/argocd';
import type { HubSnapshot } from '../model/fleetSnapshot';
import { evaluateApplicationSet } from './evaluate';

const clusters = [
  { name: 'eu-prod', environment: 'prod' },
  { name: 'eu-staging', environment: 'staging' },
].map(({ name, environment }) => ({
  name,
  server: `https://${name}.example.com`,
  labels: { environment },
  annotations: {},
}));

const hub: HubSnapshot = {
  clusters,
  projects: ['services'],
  repositories: () => undefined,
};

function applicationSet(
  generators: any[],
  spec: Record<string, any> = {},
): ApplicationSet {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'services-payments', namespace: 'argocd' },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators,
      template: {
        metadata: { name: 'payments-{{.name}}' },
        spec: {
          project: 'services',
          source: {
            repoURL: 'https://git.example.com/acme/fleet.git',
            path: 'services/payments',
            targetRevision: 'main',
          },
          destination: { name: '{{.name}}', namespace: 'payments' },
        },
      },
      ...spec,
    },
  };
}

const prod = {
  clusters: { selector: { matchLabels: { environment: 'prod' } } },
};

describe('cluster Secrets', () => {
  const SECRET_TYPE = 'argocd.argoproj.io/secret-type';
  const names = (generator: any) => {
    const result = evaluateApplicationSet(applicationSet([generator]), hub);
    return result.status === 'ok'
      ? result.applications.map(({ application }) => application.metadata.name)
      : result;
  };

  it.each<[string, any, string[]]>([
    [
      'a selector that names the label of cluster Secrets',
      {
        matchLabels: { [SECRET_TYPE]: 'cluster', environment: 'prod' },
      },
      ['payments-eu-prod'],
    ],
    [
      'another value of that label, which Argo CD overwrites',
      { matchLabels: { [SECRET_TYPE]: 'repository' } },
      ['payments-eu-prod', 'payments-eu-staging'],
    ],
    [
      'that label in an expression, which counts',
      {
        matchExpressions: [
          { key: SECRET_TYPE, operator: 'NotIn', values: ['cluster'] },
        ],
      },
      [],
    ],
  ])('match %s', (_case, selector, expected) => {
    expect(names({ clusters: { selector } })).toEqual(expected);
  });

  it('are null in a flat list without any, as a Go slice that nothing was appended to', () => {
    const set = applicationSet([
      {
        clusters: {
          flatList: true,
          selector: { matchLabels: { environment: 'none' } },
        },
      },
    ]);
    set.spec.template.metadata.name = 'all';
    set.spec.template.spec.destination = {
      name: 'x',
      namespace: '{{ toJson .clusters }}{{ len .clusters }}',
    };
    expect(evaluateApplicationSet(set, hub)).toMatchObject({
      applications: [
        { application: { spec: { destination: { namespace: 'null0' } } } },
      ],
    });
  });

  it.each([
    ['goTemplate', true, '{{ toJson .metadata.annotations }}'],
    [
      'fasttemplate',
      false,
      '{{metadata.annotations.owner}} {{metadata.annotations.argocd.argoproj.io/refresh}}',
    ],
  ])(
    'give no annotations that Argo CD and kubectl write for themselves (%s)',
    (_case, goTemplate, namespace) => {
      const set = applicationSet([{ clusters: {} }], { goTemplate });
      if (!goTemplate) delete set.spec.goTemplateOptions;
      set.spec.template.metadata.name = 'payments';
      set.spec.template.spec.destination = { name: 'x', namespace };
      const annotations = {
        owner: 'core',
        'argocd.argoproj.io/refresh': 'hard',
        'kubectl.kubernetes.io/last-applied-configuration': '{}',
      };
      const result = evaluateApplicationSet(set, {
        ...hub,
        clusters: [
          {
            ...clusters[0],
            server: 'https://kubernetes.default.svc',
            annotations,
          },
        ],
      });
      expect(result).toMatchObject({
        applications: [
          {
            application: {
              spec: {
                destination: {
                  namespace: goTemplate
                    ? '{"owner":"core"}'
                    : 'core {{metadata.annotations.argocd.argoproj.io/refresh}}',
                },
              },
            },
          },
        ],
      });
    },
  );
});

describe('errors of templates', () => {
  it.each([
    [
      'quote the text, of which an ApplicationSet has many',
      '{{ .name }}-{{ .nope }}',
      '`{{ .name }}-{{ .nope }}`: map has no entry for key "nope"',
    ],
    [
      'say what does not parse',
      '{{ nope }}',
      '`{{ nope }}`: function "nope" not defined',
    ],
    [
      'quote the line of a long text',
      'a\n  {{ fail "no" }}\nb',
      '`{{ fail "no" }}`: error calling fail: no',
    ],
  ])('%s', (_case, namespace, message) => {
    const set = applicationSet([{ clusters: {} }]);
    set.spec.template.spec.destination.namespace = namespace;
    expect(evaluateApplicationSet(set, hub)).toMatchObject({
      status: 'error',
      message,
    });
  });
});

describe('evaluateApplicationSet', () => {
  it('says which generator made an Application, with which parameters', () => {
    const answer = evaluateApplicationSet(applicationSet([prod]), hub);
    expect(answer).toEqual({
      status: 'ok',
      applications: [
        {
          generator: 'spec.generators[0].clusters',
          params: {
            name: 'eu-prod',
            nameNormalized: 'eu-prod',
            server: 'https://eu-prod.example.com',
            project: '',
            metadata: {
              labels: {
                environment: 'prod',
                'argocd.argoproj.io/secret-type': 'cluster',
              },
            },
          },
          application: {
            apiVersion: 'argoproj.io/v1alpha1',
            kind: 'Application',
            metadata: {
              name: 'payments-eu-prod',
              namespace: 'argocd',
              finalizers: ['resources-finalizer.argocd.argoproj.io'],
            },
            spec: {
              project: 'services',
              source: {
                repoURL: 'https://git.example.com/acme/fleet.git',
                path: 'services/payments',
                targetRevision: 'main',
              },
              destination: { name: 'eu-prod', namespace: 'payments' },
            },
          },
        },
      ],
    });
  });

  it.each([
    ['scmProvider', { scmProvider: { github: {} } }, 'lists repositories'],
    ['pullRequest', { pullRequest: { github: {} } }, 'open pull requests'],
    ['plugin', { plugin: { configMapRef: { name: 'x' } } }, 'plugin service'],
    ['oci', { oci: { repoURL: 'oci://x' } }, 'OCI registry'],
    [
      'a repository that was not given',
      {
        git: {
          repoURL: 'https://git.example.com/acme/fleet.git',
          revision: 'main',
          directories: [{ path: '*' }],
        },
      },
      'is not known',
    ],
    [
      'scmProvider inside a matrix',
      { matrix: { generators: [{ scmProvider: {} }, prod] } },
      'lists repositories',
    ],
  ])('is not evaluable for %s', (_, generator, reason) => {
    expect(
      evaluateApplicationSet(applicationSet([prod, generator]), hub),
    ).toEqual({
      status: 'not-evaluable',
      message: expect.stringContaining(reason),
    });
  });

  it('reports an error of one generator rather than what cannot be evaluated in another', () => {
    const broken = { list: { elements: [null] } };
    expect(
      evaluateApplicationSet(applicationSet([{ plugin: {} }, broken]), hub),
    ).toEqual({
      status: 'error',
      reason: 'ApplicationGenerationFromParamsError',
      message: expect.stringContaining('list.elements[0]'),
    });
  });

  it.each([
    [
      'a number where a label is',
      (spec: any) => (spec.template.metadata.labels = { wave: 3 }),
      'spec.template.metadata.labels.wave must be a string, not the number 3',
    ],
    [
      'a list where a map is',
      (spec: any) => (spec.template.spec.source = []),
      'spec.template.spec.source must be a map, not a list',
    ],
    [
      'text where generators are',
      (spec: any) => (spec.generators = 'clusters'),
      'spec.generators must be a list',
    ],
  ])('names the field of %s', (_, change, message) => {
    const given = applicationSet([prod]);
    change(given.spec);
    expect(evaluateApplicationSet(given, hub)).toEqual({
      status: 'error',
      reason: 'InvalidApplicationSet',
      message: expect.stringContaining(message),
    });
  });

  it('tells what time or chance decides from what is wrong', () => {
    const given = applicationSet([prod]);
    given.spec.template.metadata.annotations = { at: '{{ now }}' };
    expect(evaluateApplicationSet(given, hub).status).toBe('not-evaluable');
  });

  it('changes neither the set nor the hub', () => {
    const elements = [{ name: 'eu-prod', values: { a: '1' }, tags: ['x'] }];
    const given = applicationSet([
      {
        merge: {
          mergeKeys: ['name'],
          generators: [prod, { list: { elements } }],
        },
      },
      {
        matrix: {
          generators: [
            { list: { elements } },
            { clusters: { values: { b: '{{.name}}' } } },
          ],
        },
      },
    ]);
    const before = JSON.stringify([given, hub]);
    expect(evaluateApplicationSet(given, hub).status).toBe('ok');
    expect(JSON.stringify([given, hub])).toBe(before);
  });
});

describe('merge generator', () => {
  const names = ['a', 'b', 'c'];
  const rows = fc
    .uniqueArray(fc.constantFrom(...names), { minLength: 1 })
    .chain(keys =>
      fc.tuple(
        ...keys.map(name =>
          fc.record({
            name: fc.constant(name),
            image: fc.constantFrom('', '1.0', '2.0'),
            size: fc.constantFrom('s', 'l'),
          }),
        ),
      ),
    );

  function evaluate(lists: any[][], goTemplate: boolean): any[] {
    const tag = (name: string) => (goTemplate ? `{{.${name}}}` : `{{${name}}}`);
    const answer = evaluateApplicationSet(
      applicationSet(
        [
          {
            merge: {
              mergeKeys: ['name'],
              generators: lists.map(elements => ({ list: { elements } })),
            },
          },
        ],
        {
          goTemplate,
          template: {
            metadata: { name: tag('name') },
            spec: { project: 'services', destination: { name: 'x' } },
          },
        },
      ),
      hub,
    );
    expect(answer.status).toBe('ok');
    return answer.status === 'ok'
      ? answer.applications
          .map(item => item.params)
          .sort((a, b) => (a.name < b.name ? -1 : 1))
      : [];
  }

  it('keeps the rows of the first list, overridden by the later ones, whatever the order of rows', () => {
    fc.assert(
      fc.property(rows, rows, fc.boolean(), (base, overrides, goTemplate) => {
        const expected = [...base]
          .map(row => ({
            ...row,
            ...overrides.find(item => item.name === row.name),
          }))
          .sort((a, b) => (a.name < b.name ? -1 : 1));
        expect(evaluate([base, overrides], goTemplate)).toEqual(expected);
        expect(
          evaluate([[...base].reverse(), [...overrides].reverse()], goTemplate),
        ).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});
