import { mockCredentials } from '@backstage/backend-test-utils';
import {
  allow,
  deny,
  FleetApi,
  reads,
  readsIf,
} from './__testUtils__/fleetApi';

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

describe('what is read, by route and role', () => {
  let api: FleetApi;
  beforeAll(async () => {
    api = await FleetApi.start();
  });
  beforeEach(() => {
    api.policy = reads(allow);
  });

  describe.each(ROUTES)('%s', route => {
    it('is refused to nobody, and without the permission', async () => {
      expect((await api.anonymous('get', route)).status).toBe(401);
      api.policy = reads(deny);
      const refused = await api.get(route);
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toMatch(
        /needs the permission fleet\.(cluster|deployment)\.read/,
      );
    });

    it.each([
      ['a user', mockCredentials.user.header()],
      ['a service', mockCredentials.service.header()],
    ])('is given to %s with the permission', async (_who, authorization) => {
      expect((await api.get(route, { authorization })).status).toBe(200);
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
        api.policy = readsIf(rule, params);
        const answer = await api.get(route);
        // Names that were asked for may come back in the refusal.
        const told =
          answer.status === 200 ? answer.text.replace(/"error".*/, '') : '';
        expect(told).not.toMatch(hidden);
      },
    );
  });

  it('counts only what may be seen', async () => {
    api.policy = readsIf('IN_ENVIRONMENT', { environments: ['prod'] });
    expect((await api.body('/deployments')).total).toBe(2);
    expect((await api.body('/clusters')).total).toBe(2);
    const [payments, ...others] = (await api.body('/services')).items;
    expect(others).toEqual([]);
    expect(payments).toMatchObject({ deployments: 2, worst: 'degraded' });
    const [hub] = (await api.body('/hubs')).items;
    expect(hub.counts).toEqual({
      clusters: 2,
      applications: 2,
      applicationSets: 1,
    });
    const matrix = await api.body('/matrix?rollups=true');
    expect(matrix.cells.row).toHaveLength(2);
    expect(matrix.services[0].deployments).toBe(2);
    expect(matrix.rollups.deployments).toEqual([1, 1]);
    // A delta would be one of rows and columns that are not theirs.
    const again = await api.body(`/matrix?since=${matrix.revision}`);
    expect(again.full).toBe(true);
  });

  it('tells only of hubs, repositories and blueprints that may be seen', async () => {
    const ids = (items: any[]) => items.map(({ id }) => id);
    const seen = async () => ({
      hubs: ids((await api.body('/hubs')).items),
      repositories: ids((await api.body('/repositories')).items),
      blueprints: ids((await api.body('/blueprints')).items),
      freshness: await Promise.all(
        ['clusters', 'services', 'deployments', 'matrix'].map(async route =>
          ids((await api.body(`/${route}`)).hubs).join(),
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
      api.policy = readsIf('ON_HUB', { hubs: [hub] });
      expect(await seen()).toEqual({
        hubs: [hub],
        repositories: [`gitops-${hub}`],
        blueprints: [`small-${hub}`],
        freshness: Array(4).fill(hub),
      });
    }
  });
});
