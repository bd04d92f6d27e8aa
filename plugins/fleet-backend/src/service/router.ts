import { createOpenApiRouter } from '../schema/openapi';
import { registerBlueprints } from './handlers/blueprints';
import { registerApplicationSets } from './handlers/applicationSets';
import { registerClusters } from './handlers/clusters';
import { registerDeployments } from './handlers/deployments';
import { registerDiagnostics } from './handlers/diagnostics';
import { registerExplain } from './handlers/explain';
import { registerFindDeployments } from './handlers/findDeployments';
import { registerHubs } from './handlers/hubs';
import { registerMatrix } from './handlers/matrix';
import { registerRepositories } from './handlers/repositories';
import { registerServices } from './handlers/services';
import { registerVersions } from './handlers/versions';
import type { FleetRouter, ReadRoutesOptions } from './types';

/** The plugin's router with every read route. */
export async function createRouter(
  options: ReadRoutesOptions,
): Promise<FleetRouter> {
  const router = await createOpenApiRouter();
  if (options.middleware) router.use(options.middleware);
  registerHubs(router, options);
  registerBlueprints(router, options);
  registerClusters(router, options);
  registerServices(router, options);
  registerDeployments(router, options);
  registerVersions(router, options);
  registerFindDeployments(router, options);
  registerMatrix(router, options);
  registerApplicationSets(router, options);
  registerDiagnostics(router, options);
  registerExplain(router, options);
  registerRepositories(router, options);
  return router;
}
