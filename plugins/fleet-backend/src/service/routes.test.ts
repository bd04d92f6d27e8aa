import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { createConditionExports } from '@backstage/plugin-permission-node';
import express from 'express';
import request from 'supertest';
import {
  clusterResourceRef,
  clusterRules,
  deploymentResourceRef,
  deploymentRules,
} from '../permissions';
import {
  application,
  cluster,
  testStore,
} from '../store/__testUtils__/objects';
import { exampleRepository } from '../__testUtils__/exampleRepository';
import { createRouter } from './router';
import { Visibilities } from './visibility';

const rules = <T extends { name: string }>(list: readonly T[]) =>
  Object.fromEntries(list.map(rule => [rule.name, rule])) as any;
const deployments = createConditionExports({
  resourceRef: deploymentResourceRef,
  rules: rules(deploymentRules),
}) as any;
const clusters = createConditionExports({
  resourceRef: clusterResourceRef,
  rules: rules(clusterRules),
}) as any;
const condition = (kind: any, rule: string, params: object) =>
  kind.createConditionalDecision(undefined, kind.conditions[rule](params));

/** What a policy answers for each of the two permissions. */
type Policy = Record<string, PolicyDecision>;
const allow = { result: AuthorizeResult.ALLOW } as PolicyDecision;
const deny = { result: AuthorizeResult.DENY } as PolicyDecision;
const both = (decision: PolicyDecision): Policy => ({
  'fleet.cluster.read': decision,
  'fleet.deployment.read': decision,
});
const where = (rule: string, params: object): Policy => ({
  'fleet.cluster.read': rule.startsWith('IS_')
    ? deny
    : condition(clusters, rule, params),
  'fleet.deployment.read': condition(deployments, rule, params),
});

const ROUTES = [
  '/hubs',
  '/clusters',
  '/services',
  '/services/payments/deployments',
  '/deployments',
  '/matrix',
  '/matrix?rollups=true',
  '/application-sets',
  '/repositories',
  '/blueprints',
  '/explain?service=payments&cluster=eu%2Fprod-1',
  '/diagnostics/service-identity?application=eu%2Fargocd%2Fpayments-prod-1',
];

/** A repository with one blueprint, `small-` and the hub. */
const blueprint = (hub: string) => {
  const path = 'blueprints/crossplane-eks-claim.yaml';
  const text = exampleRepository('https://git.example')[path];
  return new Map([
    [path, text.replace('name: crossplane-eks-claim', `name: small-${hub}`)],
  ]);
};

describe('read routes', () => {
  let app: express.Express;
  let policy: Policy;
  const store = testStore();

  beforeAll(async () => {
    const eu = store.sink('eu');
    const live = { status: 'live' as const, since: '2026-01-01T00:00:00Z' };
    eu.replace('Cluster', [
      cluster('prod-1', { environment: 'prod', region: 'eu-west-1', t: 'a' }),
      cluster('prod-2', { environment: 'prod', region: 'eu-north-1', t: 'b' }),
      cluster('dev-1', { environment: 'dev', region: 'eu-west-1' }),
    ]);
    const deployed = (service: string, on: string, rest: object = {}) =>
      application({
        name: `${service}-${on}`,
        labels: { 'fleet/service': service },
        destination: { name: on },
        applicationSet: service,
        ...rest,
      });
    eu.replace('Application', [
      deployed('payments', 'prod-1'),
      deployed('payments', 'prod-2', { health: 'Degraded' }),
      deployed('payments', 'dev-1', { sync: 'OutOfSync' }),
      deployed('secretive', 'dev-1'),
    ]);
    eu.replace('ApplicationSet', [
      {
        kind: 'ApplicationSet',
        metadata: { name: 'payments', namespace: 'argocd' },
        spec: {
          generators: [
            {
              clusters: {
                selector: { matchLabels: { environment: 'prod', t: 'a' } },
              },
            },
          ],
          strategy: {
            type: 'RollingSync',
            rollingSync: {
              steps: [
                {
                  matchExpressions: [
                    { key: 'env', operator: 'In', values: ['prod'] },
                  ],
                  maxUpdate: 1,
                },
              ],
            },
          },
        },
        status: {
          conditions: [
            { type: 'ErrorOccurred', status: 'True', message: 'bad template' },
          ],
          applicationStatus: [
            { application: 'payments-prod-1', status: 'Healthy', step: '1' },
          ],
        },
      },
      {
        kind: 'ApplicationSet',
        metadata: { name: 'secretive', namespace: 'argocd' },
        spec: { generators: [{ list: { elements: [{}] } }] },
      },
    ]);
    eu.replace('Claim', [
      {
        apiVersion: 'cluster.x-k8s.io/v1beta2',
        kind: 'Cluster',
        metadata: {
          name: 'being-made',
          namespace: 'fleet',
          labels: { environment: 'dev' },
        },
        spec: { topology: { version: 'v1.33.0' } },
        status: { phase: 'Provisioning' },
      },
    ]);
    eu.state('Application', live);
    eu.state('Cluster', live);
    store.setDeclaredServices([
      {
        name: 'payments',
        title: 'Payments',
        entityRef: 'component:default/payments',
        owner: 'group:default/team-payments',
        claims: [],
      },
    ]);

    const router = await createRouter({
      store,
      guards: {},
      repositories: {
        heads: '',
        followers: ['eu', 'us'].map(hub => ({
          config: { id: `gitops-${hub}`, hubs: [hub] },
          head: { snapshot: { url: '', sha: '', files: blueprint(hub) } },
        })),
        ofHub: () => [],
        clusterFile: () => undefined,
        list: () =>
          ['eu', 'us'].map(hub => ({
            id: `gitops-${hub}`,
            url: `https://git.example/${hub}`,
            branch: 'main',
            hubs: [hub],
          })),
        lookup: () => undefined,
      } as any,
      visibilities: new Visibilities({
        store,
        httpAuth: mockServices.httpAuth({
          defaultCredentials: mockCredentials.none(),
        }),
        permissions: mockServices.permissions.mock({
          authorizeConditional: async queries =>
            queries.map(({ permission }) => policy[permission.name]) as any,
        }),
      }),
    });
    app = express().use(router).use(mockErrorHandler());
  });

  beforeEach(() => {
    policy = both(allow);
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    request(app)
      .get(path)
      .set({ authorization: mockCredentials.user.header(), ...headers });
  const body = async (path: string) => (await get(path)).body;

  describe.each(ROUTES)('%s', route => {
    it('is refused to nobody, and without the permission', async () => {
      expect((await request(app).get(route)).status).toBe(401);
      policy = both(deny);
      const refused = await get(route);
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toMatch(
        /needs the permission fleet\.(cluster|deployment)\.read/,
      );
    });

    it.each([
      ['a user', mockCredentials.user.header()],
      ['a service', mockCredentials.service.header()],
    ])('is given to %s with the permission', async (_who, authorization) => {
      expect((await get(route, { authorization })).status).toBe(200);
    });

    it.each([
      [
        'environment',
        'IN_ENVIRONMENT',
        { environments: ['prod'] },
        /dev-1|secretive|being-made/,
      ],
      [
        'region',
        'IN_REGION',
        { regions: ['eu-north-1'] },
        /prod-1|dev-1|secretive|being-made/,
      ],
      [
        'owner',
        'IS_SERVICE_OWNER',
        { claims: ['group:default/team-payments'] },
        /secretive|being-made/,
      ],
      [
        'hub',
        'ON_HUB',
        { hubs: ['us'] },
        /prod-|dev-1|secretive|being-made|Payments/,
      ],
    ])(
      'shows by %s only what a condition allows',
      async (_by, rule, params, hidden) => {
        policy = where(rule, params);
        const answer = await get(route);
        // Names that were asked for may come back in the refusal.
        const told =
          answer.status === 200 ? answer.text.replace(/"error".*/, '') : '';
        expect(told).not.toMatch(hidden);
      },
    );
  });

  it('counts only what may be seen', async () => {
    policy = where('IN_ENVIRONMENT', { environments: ['prod'] });
    expect((await body('/deployments')).total).toBe(2);
    expect((await body('/clusters')).total).toBe(2);
    const [payments, ...others] = (await body('/services')).items;
    expect(others).toEqual([]);
    expect(payments).toMatchObject({ deployments: 2, worst: 'degraded' });
    const [hub] = (await body('/hubs')).items;
    expect(hub.counts).toEqual({
      clusters: 2,
      applications: 2,
      applicationSets: 0,
    });
    const matrix = await body('/matrix?rollups=true');
    expect(matrix.cells.row).toHaveLength(2);
    expect(matrix.services[0].deployments).toBe(2);
    expect(matrix.rollups.deployments).toEqual([1, 1]);
    // A delta would be one of rows and columns that are not theirs.
    const again = await body(`/matrix?since=${matrix.revision}`);
    expect(again.full).toBe(true);
  });

  it.each([
    ['/deployments?state=degraded', ['payments-prod-2']],
    ['/deployments?sync=OutOfSync', ['payments-dev-1']],
    ['/deployments?health=Degraded', ['payments-prod-2']],
    ['/deployments?service=secretive', ['secretive-dev-1']],
    [
      '/deployments?owner=group%3Adefault%2Fteam-payments&environment=dev',
      ['payments-dev-1'],
    ],
    ['/deployments?clusterLabels=t%20in%20%28a%29', ['payments-prod-1']],
    ['/deployments?text=PROD-2', ['payments-prod-2']],
    [
      '/deployments?sort=-cluster&region=eu-west-1&service=payments',
      ['payments-prod-1', 'payments-dev-1'],
    ],
  ])('%s', async (path, names) => {
    const { items, total } = await body(path);
    expect(items.map(({ deployment }: any) => deployment.name)).toEqual(names);
    expect(total).toBe(names.length);
  });

  it.each([
    ['service=payments', ['payments']],
    ['service=nope', []],
    ['state=degraded', ['payments']],
    ['state=degraded&environment=dev', []],
    ['state=out-of-sync%2Chealthy', ['payments', 'secretive']],
    ['health=Healthy&text=secret', ['secretive']],
    ['sync=OutOfSync', ['payments']],
    ['sync=Unknown', []],
  ])('/matrix?%s', async (query, names) => {
    const matrix = await body(`/matrix?${query}`);
    expect(matrix.services.map(({ name }: any) => name)).toEqual(names);
    // An empty cell means absent, so the others of a row stay.
    const shown = names.includes('payments') ? 3 : 0;
    expect(
      matrix.cells.row.filter(
        (row: number) => matrix.services[row].name === 'payments',
      ),
    ).toHaveLength(shown);
    const again = await body(`/matrix?${query}&since=${matrix.revision}`);
    expect(again.full).toBe(!query.startsWith('service'));
  });

  it('tells only of hubs, repositories and blueprints that may be seen', async () => {
    const ids = (items: any[]) => items.map(({ id }) => id);
    const seen = async () => ({
      hubs: ids((await body('/hubs')).items),
      repositories: ids((await body('/repositories')).items),
      blueprints: ids((await body('/blueprints')).items),
      freshness: await Promise.all(
        ['clusters', 'services', 'deployments', 'matrix'].map(async route =>
          ids((await body(`/${route}`)).hubs).join(),
        ),
      ),
    });
    expect(await seen()).toEqual({
      hubs: ['eu', 'us'],
      repositories: ['gitops-eu', 'gitops-us'],
      blueprints: ['small-eu', 'small-us'],
      freshness: Array(4).fill('eu,us'),
    });
    for (const hub of ['eu', 'us']) {
      policy = where('ON_HUB', { hubs: [hub] });
      expect(await seen()).toEqual({
        hubs: [hub],
        repositories: [`gitops-${hub}`],
        blueprints: [`small-${hub}`],
        freshness: Array(4).fill(hub),
      });
    }
  });

  it('pages by cursor', async () => {
    const names: string[] = [];
    let cursor = '';
    do {
      const page = await body(
        `/deployments?limit=3${cursor && `&cursor=${cursor}`}`,
      );
      names.push(...page.items.map(({ deployment }: any) => deployment.name));
      cursor = page.nextCursor ?? '';
    } while (cursor);
    expect(names).toEqual([
      'payments-prod-2',
      'payments-dev-1',
      'payments-prod-1',
      'secretive-dev-1',
    ]);
  });

  it.each([
    [
      '/deployments?state=broken',
      400,
      /state: 'broken' is not one of degraded/,
    ],
    ['/clusters?hub=nope', 404, /There is no hub 'nope'/],
    [
      '/clusters?clusterLabels=%28%28',
      400,
      /clusterLabels: .* is no label selector/,
    ],
    ['/services?sort=colour', 400, /sort: 'colour' is not one of name/],
    [
      '/diagnostics/service-identity?application=x',
      404,
      /hub\/namespace\/name/,
    ],
  ])('%s is refused with what to do', async (path, code, message) => {
    const answer = await get(path);
    expect(answer.status).toBe(code);
    expect(answer.body.error.message).toMatch(message);
  });

  it('sums up by region and environment', async () => {
    const { rollups, states, services } = await body('/matrix?rollups=true');
    const summary = rollups.row.map((row: number, index: number) => {
      const { region, environment } = rollups.groups[rollups.group[index]];
      return [
        services[row].name,
        `${region}/${environment}`,
        states[rollups.worst[index]],
        rollups.synced[index] / rollups.deployments[index],
      ];
    });
    expect(summary).toEqual(
      expect.arrayContaining([
        ['payments', 'eu-north-1/prod', 'degraded', 1],
        ['payments', 'eu-west-1/dev', 'out-of-sync', 0],
        ['payments', 'eu-west-1/prod', 'healthy', 1],
        ['secretive', 'eu-west-1/dev', 'healthy', 1],
      ]),
    );
  });

  it('tells of clusters that are only being made', async () => {
    const { items } = await body('/clusters');
    expect(items.find(({ name }: any) => name === 'being-made')).toMatchObject({
      id: 'eu/being-made',
      registered: false,
      environment: 'dev',
      declared: 'unknown',
      claim: { kind: 'Cluster', state: 'provisioning', version: 'v1.33.0' },
    });
    expect(items.find(({ name }: any) => name === 'prod-1')).toMatchObject({
      registered: true,
    });
  });

  it('tells which clusters an ApplicationSet reaches and just misses', async () => {
    const [payments, secretive] = (await body('/application-sets')).items;
    expect(payments).toMatchObject({
      id: 'eu/argocd/payments',
      generators: ['clusters with environment prod, t a'],
      error: 'bad template',
      services: ['payments'],
      clusters: ['eu/dev-1', 'eu/prod-1', 'eu/prod-2'],
      missed: [],
      steps: [
        {
          step: 1,
          selector: 'env prod',
          maxUpdate: '1',
          applications: [{ name: 'payments-prod-1', status: 'Healthy' }],
        },
      ],
    });
    expect(secretive).toMatchObject({
      generators: ['list of 1 elements'],
      missed: [],
    });
  });

  it('says which rule named the service of an Application', async () => {
    const diagnosis = await body(ROUTES[ROUTES.length - 1]);
    expect(diagnosis).toMatchObject({
      service: 'payments',
      namedBy: 'label fleet/service',
    });
    expect(
      diagnosis.rules.map(({ rule, service, decides }: any) => [
        rule,
        service,
        decides,
      ]),
    ).toEqual([
      ['catalog annotation', undefined, false],
      ['label fleet/service', 'payments', true],
      ['owning ApplicationSet', 'payments', false],
      ['name pattern', 'payments', false],
    ]);
  });

  it.each(['/hubs', '/clusters', '/services', '/matrix', '/deployments'])(
    'answers %s with 304 until there is a new revision',
    async route => {
      const first = await get(route);
      const tag = { 'if-none-match': first.headers.etag };
      expect((await get(route, tag)).status).toBe(304);
      // A policy that allows less is noticed.
      policy = where('IN_ENVIRONMENT', { environments: ['dev'] });
      expect((await get(route, tag)).status).toBe(200);
      policy = both(allow);
      // Somebody else gets an answer of their own.
      const authorization = mockCredentials.service.header();
      expect((await get(route, { ...tag, authorization })).status).toBe(200);
      store
        .sink('us')
        .upsert(
          'Application',
          application({ name: `new-${route.slice(1)}`, namespace: 'x' }),
        );
      expect((await get(route, tag)).status).toBe(200);
    },
  );
});
