import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type Permission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_FLEET_CHANGE,
  RESOURCE_TYPE_FLEET_CLUSTER,
  RESOURCE_TYPE_FLEET_DEPLOYMENT,
} from '@backstage-fleet/plugin-fleet-common';
import { changeRules, clusterRules, deploymentRules } from './rules';
import type { FleetScope } from './scope';

const RULES: Record<string, readonly { name: string }[]> = {
  [RESOURCE_TYPE_FLEET_CLUSTER]: clusterRules,
  [RESOURCE_TYPE_FLEET_DEPLOYMENT]: deploymentRules,
  [RESOURCE_TYPE_FLEET_CHANGE]: changeRules,
};

/** Whether a permission holds for what a cluster, deployment or change concerns. */
export interface Allows {
  (scope: FleetScope): boolean;
  /** It holds for everything. */
  unconditional?: boolean;
  /** What the policy decided, as a text: the same where the same is allowed. */
  decision?: string;
}

/**
 * Asks once whether somebody has a permission, and applies the answer to as many things as there are.
 *
 * @throws `NotAllowedError` that names the permission, where it is denied for everything
 */
export async function decide(
  permissions: PermissionsService,
  credentials: BackstageCredentials,
  permission: ResourcePermission,
  what: string,
): Promise<Allows> {
  const [decision] = await permissions.authorizeConditional([{ permission }], {
    credentials,
  });
  if (decision.result === AuthorizeResult.ALLOW)
    return Object.assign(() => true, {
      unconditional: true,
      decision: decision.result,
    });
  if (decision.result === AuthorizeResult.DENY)
    throw notAllowed(permission, what);
  const authorize = createConditionAuthorizer<FleetScope>({
    getRuleByName(name) {
      const found = RULES[permission.resourceType].find(
        rule => rule.name === name,
      );
      if (found) return found as any;
      throw new NotAllowedError(
        `The permission policy names the rule ${name}, which ${permission.name} does not know.`,
      );
    },
  });
  return Object.assign((scope: FleetScope) => authorize(decision, scope), {
    decision: JSON.stringify(decision),
  });
}

/** What is answered to who lacks a permission. */
export function notAllowed(
  permission: Permission,
  what: string,
): NotAllowedError {
  return new NotAllowedError(
    `You may not ${what}: it needs the permission ${permission.name}.`,
  );
}
