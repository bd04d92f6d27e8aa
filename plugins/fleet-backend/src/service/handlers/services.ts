import { fleetDeploymentReadPermission } from '@backstage-fleet/plugin-fleet-common';
import { toService } from '../../store';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /services` */
export function registerServices(
  router: FleetRouter,
  { store, allowRead }: ReadRoutesOptions,
) {
  router.get('/services', async (request, response) => {
    await allowRead(request, fleetDeploymentReadPermission, 'services');
    const text = request.query.text?.toLocaleLowerCase('en-US');
    const items = store
      .axes()
      .services.map(name => toService(store, name))
      .filter(
        ({ name, title }) =>
          !text ||
          name.toLocaleLowerCase('en-US').includes(text) ||
          title.toLocaleLowerCase('en-US').includes(text),
      );
    response.json({
      revision: store.revision,
      hubs: store.freshness(),
      items,
    });
  });
}
