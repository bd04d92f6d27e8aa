import { NotFoundError } from '@backstage/errors';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /diagnostics/service-identity` */
export function registerDiagnostics(
  router: FleetRouter,
  { store, visibilities }: ReadRoutesOptions,
) {
  router.get('/diagnostics/service-identity', async (request, response) => {
    const visible = await visibilities.ofRequest(
      request,
      'deployments',
      'see deployments',
    );
    const { application } = request.query;
    const record = store.application(application);
    // The same for what is not there and what may not be seen.
    if (!record || !visible.deployment(record)) {
      throw new NotFoundError(
        `application: there is no Application '${application}'. Give it as hub/namespace/name.`,
      );
    }
    response.json({
      application,
      service: record.service,
      namedBy: record.namedBy,
      rules: store.diagnose(record),
    });
  });
}
