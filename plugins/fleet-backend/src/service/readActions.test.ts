import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  application,
  cluster,
  testStore,
} from '../store/__testUtils__/objects';
import { registerReadActions } from './readActions';
import { Visibilities } from './visibility';

describe('registerReadActions', () => {
  function setUp(result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) {
    const store = testStore();
    const eu = store.sink('eu');
    eu.replace('Cluster', [cluster('prod', { environment: 'prod' })]);
    eu.replace('Application', [
      application({
        name: 'a',
        labels: { 'fleet/service': 'payments' },
        destination: { name: 'prod' },
        health: 'Degraded',
      }),
      application({ name: 'b', labels: { 'fleet/service': 'other' } }),
    ]);
    const registry = actionsRegistryServiceMock();
    registerReadActions(registry, {
      store,
      visibilities: new Visibilities({
        store,
        httpAuth: mockServices.httpAuth.mock(),
        permissions: mockServices.permissions({ result }),
      }),
    });
    return (id: string, input: object) =>
      registry.invoke({
        id: `test:${id}`,
        input: input as any,
        credentials: mockCredentials.user(),
      });
  }

  it('tells agents what runs where, and how far to trust it', async () => {
    const invoke = setUp(AuthorizeResult.ALLOW);
    const { output } = await invoke('find-deployments', {
      environment: 'prod',
      state: 'degraded',
    });
    expect(output).toMatchObject({
      more: false,
      deployments: [
        {
          service: 'payments',
          cluster: 'eu/prod',
          state: 'degraded',
          freshness: { status: 'connecting' },
        },
      ],
      hubs: [{ id: 'eu' }, { id: 'us' }],
    });
    expect((await invoke('list-services', { text: 'pay' })).output).toEqual({
      more: false,
      services: [
        {
          name: 'payments',
          title: 'payments',
          deployments: 1,
          worst: 'degraded',
        },
      ],
    });
  });

  it.each(['find-deployments', 'list-services'])(
    'refuses %s without the permission',
    async id => {
      await expect(setUp(AuthorizeResult.DENY)(id, {})).rejects.toThrow(
        /fleet\.deployment\.read/,
      );
    },
  );
});
