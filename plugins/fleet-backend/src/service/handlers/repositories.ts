import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /repositories` */
export function registerRepositories(
  router: FleetRouter,
  { repositories, visibilities }: ReadRoutesOptions,
) {
  router.get('/repositories', async (request, response) => {
    await visibilities.ofRequest(request, 'deployments', 'see repositories');
    response.json({ items: repositories.list() });
  });
}
