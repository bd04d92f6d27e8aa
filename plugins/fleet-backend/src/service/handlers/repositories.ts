import { fleetDeploymentReadPermission } from '@backstage-fleet/plugin-fleet-common';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /repositories` */
export function registerRepositories(
  router: FleetRouter,
  { repositories, allowRead }: ReadRoutesOptions,
) {
  router.get('/repositories', async (request, response) => {
    await allowRead(request, fleetDeploymentReadPermission, 'repositories');
    response.json({ items: repositories.list() });
  });
}
