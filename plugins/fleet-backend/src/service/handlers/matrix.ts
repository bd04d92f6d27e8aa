import { fleetDeploymentReadPermission } from '@backstage-fleet/plugin-fleet-common';
import { buildMatrix } from '../../store';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /matrix` */
export function registerMatrix(
  router: FleetRouter,
  { store, allowRead }: ReadRoutesOptions,
) {
  router.get('/matrix', async (request, response) => {
    await allowRead(request, fleetDeploymentReadPermission, 'deployments');
    const { since } = request.query;
    response.json(
      // The validator checked that it is an integer and leaves it a string.
      buildMatrix(store, since === undefined ? undefined : Number(since)),
    );
  });
}
