import { allow, FleetApi, reads } from '../__testUtils__/fleetApi';

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
});
