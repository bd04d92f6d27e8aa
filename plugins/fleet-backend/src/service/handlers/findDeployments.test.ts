import { allow, FleetApi, reads } from '../__testUtils__/fleetApi';

describe('GET /deployments', () => {
  let api: FleetApi;
  beforeAll(async () => {
    api = await FleetApi.start();
  });
  beforeEach(() => {
    api.policy = reads(allow);
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
    const { items, total } = await api.body(path);
    expect(items.map(({ deployment }: any) => deployment.name)).toEqual(names);
    expect(total).toBe(names.length);
  });

  it('pages by cursor', async () => {
    const names: string[] = [];
    let cursor = '';
    do {
      const page = await api.body(
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
    const answer = await api.get(path);
    expect(answer.status).toBe(code);
    expect(answer.body.error.message).toMatch(message);
  });
});
