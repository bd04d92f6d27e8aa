import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { readProviderOptions } from './config';
import { FleetClusterProvider } from './FleetClusterProvider';
import { FleetReader } from './fleetReader';

/**
 * Adds the fleet's clusters to the catalog, as `Resource` entities on which the components that run there depend.
 *
 * @public
 */
export const catalogModuleFleet = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'fleet',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, catalog, config, discovery, logger, scheduler }) {
        const options = readProviderOptions(config);
        catalog.addEntityProvider(
          new FleetClusterProvider({
            reader: new FleetReader({ auth, discovery }),
            schedule: scheduler.createScheduledTaskRunner(options.schedule),
            entities: options.entities,
            logger,
          }),
        );
      },
    });
  },
});
