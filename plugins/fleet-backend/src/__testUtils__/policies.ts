import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';

/** A decision that depends on rules. */
export function conditional(resourceType: string, conditions: object): object {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'fleet',
    resourceType,
    conditions,
  };
}

/** Answers by the name of the permission; what is not named is allowed. */
export function policy(decisions: Record<string, object>): any {
  return async (queries: Array<{ permission: { name: string } }>) =>
    queries.map(
      ({ permission }) =>
        decisions[permission.name] ?? { result: AuthorizeResult.ALLOW },
    );
}

/** An audit log that nobody reads. */
export function unheard() {
  return mockServices.auditor.mock({
    createEvent: async () => ({
      success: async () => {},
      fail: async () => {},
    }),
  });
}
