import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { fleetChangeWritePermission } from '@backstage-fleet/plugin-fleet-common';
import { decide } from './decider';
import type { ChangeScope } from './scope';

const scope = (more: Partial<ChangeScope> = {}): ChangeScope => ({
  kind: 'service.promote',
  owners: ['group:default/team'],
  environments: ['staging'],
  regions: ['eu'],
  hubs: ['hub'],
  ...more,
});

const rule = (name: string, params: object) => ({
  rule: name,
  resourceType: 'fleet-change',
  params,
});

/** Whether a policy that answers with these conditions lets a change pass. */
async function allows(conditions: PermissionCriteria<any>, of: ChangeScope) {
  const permissions = mockServices.permissions.mock({
    authorizeConditional: async () =>
      [
        {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'fleet',
          resourceType: 'fleet-change',
          conditions,
        },
      ] as any,
  });
  const decision = await decide(
    permissions,
    mockCredentials.user(),
    fleetChangeWritePermission,
    'change the fleet',
  );
  return decision(of);
}

describe('permission rules', () => {
  it.each([
    ['IN_ENVIRONMENT', { environments: ['staging', 'dev'] }, {}, true],
    ['IN_ENVIRONMENT', { environments: ['prod'] }, {}, false],
    [
      'IN_ENVIRONMENT',
      { environments: ['staging'] },
      { environments: ['staging', 'prod'] },
      false,
    ],
    [
      'IN_ENVIRONMENT',
      { environments: ['staging'] },
      { environments: [] },
      false,
    ],
    [
      'IN_ENVIRONMENT',
      { environments: ['staging'] },
      { environments: [''] },
      false,
    ],
    ['IN_REGION', { regions: ['eu'] }, {}, true],
    ['IN_REGION', { regions: ['us'] }, {}, false],
    ['ON_HUB', { hubs: ['hub'] }, {}, true],
    ['ON_HUB', { hubs: [] }, {}, false],
    ['IS_SERVICE_OWNER', { claims: ['group:default/team'] }, {}, true],
    ['IS_SERVICE_OWNER', { claims: ['user:default/ada'] }, {}, false],
    [
      'IS_SERVICE_OWNER',
      { claims: ['group:default/team'] },
      { owners: ['group:default/team', 'group:default/other'] },
      false,
    ],
    ['IS_INTENT', { kinds: ['service.promote'] }, {}, true],
    ['IS_INTENT', { kinds: ['service.*'] }, {}, true],
    ['IS_INTENT', { kinds: ['cluster.*'] }, {}, false],
    ['IS_INTENT', { kinds: ['service'] }, {}, false],
  ])('%s %j on %j: %s', async (name, params, more, expected) => {
    expect(await allows(rule(name, params), scope(more))).toBe(expected);
  });

  it('combines them', async () => {
    const conditions = {
      anyOf: [
        rule('IN_ENVIRONMENT', { environments: ['staging'] }),
        { not: rule('IS_INTENT', { kinds: ['cluster.*'] }) },
      ],
    } as PermissionCriteria<any>;
    expect(await allows(conditions, scope({ kind: 'cluster.create' }))).toBe(
      true,
    );
    expect(
      await allows(
        conditions,
        scope({ kind: 'cluster.create', environments: ['prod'] }),
      ),
    ).toBe(false);
  });

  it('names a rule that does not exist', async () => {
    await expect(allows(rule('IS_TUESDAY', {}), scope())).rejects.toThrow(
      /IS_TUESDAY, which fleet.change.write does not know/,
    );
  });
});
