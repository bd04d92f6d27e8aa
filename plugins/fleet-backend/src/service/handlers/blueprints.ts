import { listBlueprints } from '@backstage-fleet/plugin-fleet-gitops';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /blueprints` */
export function registerBlueprints(
  router: FleetRouter,
  { repositories, visibilities }: ReadRoutesOptions,
) {
  router.get('/blueprints', async (request, response) => {
    const visible = await visibilities.ofRequest(
      request,
      'clusters',
      'see blueprints',
    );
    const items = repositories.followers.flatMap(({ config, head }) =>
      head && (visible.everything || config.hubs.some(visible.hub))
        ? listBlueprints(head.snapshot).blueprints.map(
            ({ id, title, description, provisioner, parameters }) => ({
              id,
              repository: config.id,
              title,
              description,
              provisioner,
              parameters,
            }),
          )
        : [],
    );
    response.json({
      items: items.sort((one, other) => one.title.localeCompare(other.title)),
    });
  });
}
