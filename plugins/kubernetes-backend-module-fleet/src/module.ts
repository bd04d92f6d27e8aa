import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { kubernetesClusterSupplierExtensionPoint } from '@backstage/plugin-kubernetes-node';
import { readAccess } from './config';
import { FleetClusters } from './FleetClusters';
import { FleetClusterSupplier } from './FleetClusterSupplier';

/**
 * Adds the fleet's clusters to those of the Kubernetes plugin, reached as `kubernetes.fleet` says.
 *
 * @public
 */
export const kubernetesModuleFleet = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'fleet',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        suppliers: kubernetesClusterSupplierExtensionPoint,
      },
      async init({ auth, config, discovery, logger, suppliers }) {
        const access = readAccess(config);
        // The plugin takes one supplier: where there is nothing to add, leave the place to others.
        if (access.rules.length === 0) return;
        const fleet = new FleetClusters({ auth, discovery });
        suppliers.addClusterSupplier(
          async ({ getDefault }) =>
            new FleetClusterSupplier({
              access,
              logger,
              read: () => fleet.read(access.rules),
              // The plugin's own suppliers insist on being configured.
              others: config.has('kubernetes.clusterLocatorMethods')
                ? await getDefault()
                : undefined,
            }),
        );
      },
    });
  },
});
