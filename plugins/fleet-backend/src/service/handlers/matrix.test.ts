import { allow, FleetApi, reads } from '../__testUtils__/fleetApi';

describe('GET /matrix', () => {
  let api: FleetApi;
  beforeAll(async () => {
    api = await FleetApi.start();
  });
  beforeEach(() => {
    api.policy = reads(allow);
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
    const matrix = await api.body(`/matrix?${query}`);
    expect(matrix.services.map(({ name }: any) => name)).toEqual(names);
    // An empty cell means absent, so the others of a row stay.
    const shown = names.includes('payments') ? 3 : 0;
    expect(
      matrix.cells.row.filter(
        (row: number) => matrix.services[row].name === 'payments',
      ),
    ).toHaveLength(shown);
    const again = await api.body(`/matrix?${query}&since=${matrix.revision}`);
    expect(again.full).toBe(!query.startsWith('service'));
  });

  it('sums up by region and environment', async () => {
    const { rollups, states, services } = await api.body(
      '/matrix?rollups=true',
    );
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
});
