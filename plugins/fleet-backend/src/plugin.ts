import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  fleetGitHostsExtensionPoint,
  fleetHubSourcesExtensionPoint,
  type GitHost,
  type HubSourceFactory,
} from '@backstage-fleet/plugin-fleet-node';
import { registerPermissions } from './permissions';
import { createFleet } from './service/createFleet';

/**
 * Backend of Backstage Fleet: watches the hubs, answers what runs where and why, and writes changes to Git.
 *
 * @public
 */
export const fleetPlugin = createBackendPlugin({
  pluginId: 'fleet',
  register(env) {
    const hubSources: HubSourceFactory[] = [];
    const gitHosts: GitHost[] = [];
    env.registerExtensionPoint(fleetHubSourcesExtensionPoint, {
      addHubSource: factory => void hubSources.push(factory),
    });
    env.registerExtensionPoint(fleetGitHostsExtensionPoint, {
      // Asked first, so that a host can be replaced.
      addGitHost: host => void gitHosts.unshift(host),
    });

    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        notifications: notificationService,
        events: eventsServiceRef,
      },
      async init({ httpRouter, lifecycle, permissionsRegistry, ...services }) {
        const fleet = await createFleet({ ...services, hubSources, gitHosts });
        registerPermissions(permissionsRegistry, fleet.scopes);
        httpRouter.use(fleet.router);
        await fleet.start();
        lifecycle.addShutdownHook(() => fleet.stop());
      },
    });
  },
});
