import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /repositories` */
export function registerRepositories(
  router: FleetRouter,
  { repositories, visibilities }: ReadRoutesOptions,
) {
  router.get('/repositories', async (request, response) => {
    const visible = await visibilities.ofRequest(
      request,
      'deployments',
      'see repositories',
    );
    response.json({
      items: repositories
        .list()
        .map(item => ({ ...item, hubs: item.hubs.filter(visible.hub) }))
        .filter(({ hubs }) => visible.everything || hubs.length > 0),
    });
  });
}
