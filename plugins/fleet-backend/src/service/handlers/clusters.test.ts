import { cluster } from '../../store/__testUtils__/objects';
import { allow, FleetApi, reads, readsIf } from '../__testUtils__/fleetApi';

describe('clusters, ApplicationSets and the services of Applications', () => {
  let api: FleetApi;
  beforeAll(async () => {
    api = await FleetApi.start();
  });
  beforeEach(() => {
    api.policy = reads(allow);
  });

  it('tells of clusters that are only being made', async () => {
    const { items } = await api.body('/clusters');
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
    const [payments, secretive] = (await api.body('/application-sets')).items;
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
    const diagnosis = await api.body(
      '/diagnostics/service-identity?application=eu%2Fargocd%2Fpayments-prod-1',
    );
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

  it('goes on behind the last cluster of a page, whatever came meanwhile', async () => {
    const names = (answer: any) => answer.items.map(({ name }: any) => name);
    const whole = names(await api.body('/clusters'));
    expect(whole).toEqual(['prod-2', 'dev-1', 'prod-1', 'being-made']);
    const first = await api.body('/clusters?limit=2');
    const labels = { environment: 'prod', region: 'a-first' };
    const added = cluster('added', labels);
    api.store.sink('eu').upsert('Cluster', added);
    const rest = await api.body(`/clusters?cursor=${first.nextCursor}`);
    api.store.sink('eu').remove('Cluster', added);
    expect([...names(first), ...names(rest)]).toEqual(whole);
  });

  it.each([
    ['/clusters?hub=us'],
    ['/deployments?hub=us'],
    ['/matrix?hub=us'],
    ['/application-sets?hub=us'],
    ['/services/payments/deployments?hub=us'],
    ['/explain?service=payments&cluster=us%2Fprod-9'],
  ])('%s does not tell of a hub that may not be seen', async path => {
    expect((await api.get(path)).status).toBe(200);
    api.policy = readsIf('ON_HUB', { hubs: ['eu'] });
    const hidden = await api.get(path);
    const absent = await api.get(path.replace(/=us\b/, '=none'));
    expect(hidden.status).toBe(absent.status);
    const message = (answer: any) =>
      answer.body.error.message.replace(/'(us|none)(\/prod-9)?'/, '');
    expect(message(hidden)).toBe(message(absent));
    expect(message(hidden)).toMatch(/: eu\.$/);
  });

  it('counts of each kind what may be seen', async () => {
    const kinds = async () =>
      Object.fromEntries(
        (await api.body('/hubs')).items[0].kinds.map(
          ({ kind, objects }: any) => [kind, objects],
        ),
      );
    expect(await kinds()).toMatchObject({ Application: 4, Cluster: 3 });
    api.policy = readsIf('IN_ENVIRONMENT', { environments: ['prod'] });
    expect(await kinds()).toMatchObject({ Application: 2, Cluster: 2 });
    expect((await api.body('/hubs')).items[0].counts).toEqual({
      clusters: 2,
      applications: 2,
      applicationSets: 1,
    });
  });
});
