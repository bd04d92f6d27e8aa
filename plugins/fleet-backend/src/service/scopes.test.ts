import { mockServices } from '@backstage/backend-test-utils';
import { fleetPermissions } from '@backstage-fleet/plugin-fleet-common';
import { registerPermissions } from '../permissions';
import { testStore } from '../store/__testUtils__/objects';
import { fillStore } from './__testUtils__/smallFleet';
import { scopesOf } from './scopes';

describe('what conditions of a policy are applied to', () => {
  const store = testStore();
  fillStore(store);
  const registry = mockServices.permissionsRegistry.mock();
  const intent = { kind: 'service.promote', parameters: {} };
  const scope = { kind: 'service.promote', owners: ['group:default/a'] };
  const heads: Record<string, object> = {
    new: { version: 1, intent, scope },
    old: { version: 1, intent },
  };
  registerPermissions(
    registry,
    scopesOf(store, { head: async (id: string) => heads[id] } as any),
  );

  /** What permission checks that name ids get. */
  const resources = (type: string, ...ids: string[]) => {
    const found = registry.addResourceType.mock.calls
      .map(([options]) => options)
      .find(({ resourceRef }) => resourceRef.resourceType === type);
    return found!.getResources!(ids);
  };

  it('finds clusters, deployments and changes by their ids', async () => {
    expect(await resources('fleet-cluster', 'eu/prod-1', 'eu/nope')).toEqual([
      {
        owners: [],
        environments: ['prod'],
        regions: ['eu-west-1'],
        hubs: ['eu'],
      },
      undefined,
    ]);
    expect(
      await resources(
        'fleet-deployment',
        'eu/argocd/payments-dev-1',
        'eu/argocd/nope',
      ),
    ).toEqual([
      {
        owners: ['group:default/team-payments'],
        environments: ['dev'],
        regions: ['eu-west-1'],
        hubs: ['eu'],
      },
      undefined,
    ]);
    expect(await resources('fleet-change', 'new', 'old', 'nope')).toEqual([
      scope,
      {
        kind: 'service.promote',
        owners: [],
        environments: [],
        regions: [],
        hubs: [],
      },
      undefined,
    ]);
  });

  it('knows every permission of the plugin', () => {
    const known = [
      ...registry.addPermissions.mock.calls.flatMap(([list]) => list),
      ...registry.addResourceType.mock.calls.flatMap(
        ([{ permissions = [] }]) => permissions,
      ),
    ].map(({ name }) => name);
    expect(known.sort()).toEqual(
      fleetPermissions.map(({ name }) => name).sort(),
    );
  });
});
