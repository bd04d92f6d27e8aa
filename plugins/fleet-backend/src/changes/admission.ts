import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  fleetClusterReadPermission,
  fleetDeploymentReadPermission,
} from '@backstage-fleet/plugin-fleet-common';
import { decideEach, notAllowed } from '../permissions';
import type { Admit } from './reach';

/**
 * What refuses plans that tell of deployments or clusters which somebody may not see; `undefined` for who may see all of them.
 * They are refused as a whole: a plan with holes would hide what a change does, and a count would tell what is in the holes.
 *
 * @returns throws `NotAllowedError` that names the permission
 */
export async function admission(
  permissions: PermissionsService,
  credentials: BackstageCredentials,
): Promise<Admit | undefined> {
  const [deployments, clusters] = await decideEach(permissions, credentials, [
    fleetDeploymentReadPermission,
    fleetClusterReadPermission,
  ]);
  if (deployments.unconditional && clusters.unconditional) return undefined;
  return reach => {
    if (!reach.deployments.every(deployments)) {
      throw notAllowed(
        fleetDeploymentReadPermission,
        'plan a change that reaches deployments which you may not see',
      );
    }
    if (!reach.clusters.every(clusters)) {
      throw notAllowed(
        fleetClusterReadPermission,
        'plan a change of clusters which you may not see',
      );
    }
  };
}
