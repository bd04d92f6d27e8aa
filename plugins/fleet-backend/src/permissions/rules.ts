import {
  createPermissionResourceRef,
  createPermissionRule,
  PermissionResourceRef,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_FLEET_CHANGE,
  RESOURCE_TYPE_FLEET_CLUSTER,
  RESOURCE_TYPE_FLEET_DEPLOYMENT,
} from '@backstage-fleet/plugin-fleet-common';
import { z } from 'zod';
import type { ChangeScope, FleetScope } from './scope';

/** Rules are applied to what is in memory; there is no query to make of them. */
type NoQuery = Record<string, never>;
const noQuery = (): NoQuery => ({});

/** Clusters in permission rules. */
export const clusterResourceRef = createPermissionResourceRef<
  FleetScope,
  NoQuery
>().with({ pluginId: 'fleet', resourceType: RESOURCE_TYPE_FLEET_CLUSTER });

/** Deployments in permission rules. */
export const deploymentResourceRef = createPermissionResourceRef<
  FleetScope,
  NoQuery
>().with({ pluginId: 'fleet', resourceType: RESOURCE_TYPE_FLEET_DEPLOYMENT });

/** Changes in permission rules. */
export const changeResourceRef = createPermissionResourceRef<
  ChangeScope,
  NoQuery
>().with({ pluginId: 'fleet', resourceType: RESOURCE_TYPE_FLEET_CHANGE });

/** Whether there is something, and all of it is allowed: a change that concerns production too is not one of staging. */
function all(concerned: string[], allowed: string[]): boolean {
  return (
    concerned.length > 0 && concerned.every(item => allowed.includes(item))
  );
}

type RefOf<
  Scope extends FleetScope,
  Type extends string,
> = PermissionResourceRef<Scope, NoQuery, Type, 'fleet'>;

/** A rule that holds where all that is concerned, of one sort, is among the names that a policy gives. */
function allAmong(
  name: string,
  description: string,
  concerned: keyof FleetScope,
  parameter: string,
  names: string,
) {
  return <Scope extends FleetScope, Type extends string>(
    resourceRef: RefOf<Scope, Type>,
  ) =>
    createPermissionRule({
      name,
      description,
      resourceRef,
      paramsSchema: z.object({
        [parameter]: z.array(z.string()).describe(names),
      }),
      apply: (scope, params) => all(scope[concerned], params[parameter]),
      toQuery: noQuery,
    });
}

const isServiceOwner = allAmong(
  'IS_SERVICE_OWNER',
  'Every service concerned is owned by one of the claims',
  'owners',
  'claims',
  'Entity refs, usually the ownership claims of the user',
);

const inEnvironment = allAmong(
  'IN_ENVIRONMENT',
  'Every cluster concerned is in one of the environments',
  'environments',
  'environments',
  'Values of the environment label',
);

const inRegion = allAmong(
  'IN_REGION',
  'Every cluster concerned is in one of the regions',
  'regions',
  'regions',
  'Values of the region label',
);

const onHub = allAmong(
  'ON_HUB',
  'Every cluster concerned belongs to one of the hubs',
  'hubs',
  'hubs',
  'Ids of fleet.hubs',
);

const isIntent = createPermissionRule({
  name: 'IS_INTENT',
  description: 'The change is of one of the kinds',
  resourceRef: changeResourceRef,
  paramsSchema: z.object({
    kinds: z
      .array(z.string())
      .describe(
        'For example service.promote, or cluster.* for all of clusters',
      ),
  }),
  apply: ({ kind }: ChangeScope, { kinds }: { kinds: string[] }) =>
    kinds.some(
      allowed =>
        allowed === kind ||
        (allowed.endsWith('.*') && kind.startsWith(allowed.slice(0, -1))),
    ),
  toQuery: noQuery,
});

/** Rules for `fleet.cluster.*`. */
export const clusterRules = [
  inEnvironment(clusterResourceRef),
  inRegion(clusterResourceRef),
  onHub(clusterResourceRef),
];

/** Rules for `fleet.deployment.*`. */
export const deploymentRules = [
  isServiceOwner(deploymentResourceRef),
  inEnvironment(deploymentResourceRef),
  inRegion(deploymentResourceRef),
  onHub(deploymentResourceRef),
];

/** Rules for `fleet.change.*`. */
export const changeRules = [
  isIntent,
  isServiceOwner(changeResourceRef),
  inEnvironment(changeResourceRef),
  inRegion(changeResourceRef),
  onHub(changeResourceRef),
];
