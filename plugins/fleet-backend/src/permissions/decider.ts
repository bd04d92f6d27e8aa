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
  unconditional: boolean;
  /** It holds for nothing. */
  denied: boolean;
  /** What the policy decided, as a text: the same where the same is allowed. */
  decision: string;
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
  const [allows] = await decideEach(permissions, credentials, [permission]);
  if (allows.denied) throw notAllowed(permission, what);
  return allows;
}

/** As {@link decide}, of several permissions by one request, and without an error where one is denied. */
export async function decideEach(
  permissions: PermissionsService,
  credentials: BackstageCredentials,
  asked: ResourcePermission[],
): Promise<Allows[]> {
  const decisions = await permissions.authorizeConditional(
    asked.map(permission => ({ permission })),
    { credentials },
  );
  return asked.map((permission, index) => {
    const decision = decisions[index];
    const decided = (allows: (scope: FleetScope) => boolean): Allows =>
      Object.assign(allows, {
        unconditional: decision.result === AuthorizeResult.ALLOW,
        denied: decision.result === AuthorizeResult.DENY,
        // The permission backend's answers carry the random id of their question.
        decision: JSON.stringify({ ...decision, id: undefined }),
      });
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return decided(() => true);
      case AuthorizeResult.DENY:
        return decided(() => false);
      default: {
        const authorize = createConditionAuthorizer<FleetScope>({
          getRuleByName: name => ruleFor(permission, name),
        });
        return decided(scope => authorize(decision, scope));
      }
    }
  });
}

function ruleFor(permission: ResourcePermission, name: string): any {
  const found = RULES[permission.resourceType].find(rule => rule.name === name);
  if (found) return found;
  throw new NotAllowedError(
    `The permission policy names the rule ${name}, which ${permission.name} does not know.`,
  );
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
