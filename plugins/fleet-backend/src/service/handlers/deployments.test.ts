import { allow, FleetApi, reads } from '../__testUtils__/fleetApi';

describe('GET /services/{service}/deployments', () => {
  let api: FleetApi;
  beforeAll(async () => {
    api = await FleetApi.start();
  });
  beforeEach(() => {
    api.policy = reads(allow);
  });

  const PATH = '/services/secretive/deployments';

  it.each([
    ['', ['prod-2: ', 'dev-1: secretive-dev-1', 'prod-1: ']],
    ['?deployed=true', ['dev-1: secretive-dev-1']],
    ['?deployed=false', ['prod-2: ', 'prod-1: ']],
    ['?environment=prod&region=eu-west-1', ['prod-1: ']],
    ['?clusterLabels=t%20in%20%28b%29&deployed=true', []],
    ['?hub=us', []],
  ])(
    'has a row for each cluster that is asked for: %s',
    async (query, rows) => {
      const { items, service } = await api.body(`${PATH}${query}`);
      expect(service.deployments).toBe(1);
      expect(
        items.map(
          ({ cluster, deployments }: any) =>
            `${cluster.name}: ${deployments.map(({ name }: any) => name)}`,
        ),
      ).toEqual(rows);
    },
  );

  it('tells of a cluster what it is told from others by, whether the service is on it or not', async () => {
    const { items } = await api.body(PATH);
    const dev = items.find(({ cluster }: any) => cluster.name === 'dev-1');
    expect(dev.deployments).toHaveLength(1);
    const names = items.map(({ cluster }: any) => Object.keys(cluster).sort());
    for (const keys of names) {
      expect(['environment', 'hub', 'id', 'kind', 'name', 'region']).toEqual(
        expect.arrayContaining(keys),
      );
    }
    expect(dev.cluster).toMatchObject({ id: `${dev.cluster.hub}/dev-1` });
  });

  it('says what to do where the service is not known', async () => {
    const { status, body } = await api.get('/services/nope/deployments');
    expect(status).toBe(404);
    expect(body.error.message).toMatch(
      /No service 'nope' is known: .*fleet\/service: nope/,
    );
  });

  it.each(['?deployed=maybe', '?clusterLabels=%28%28', '?colour=red'])(
    'refuses %s',
    async query => {
      expect((await api.get(`${PATH}${query}`)).status).toBe(400);
    },
  );
});
