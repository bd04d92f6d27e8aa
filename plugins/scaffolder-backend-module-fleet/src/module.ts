import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { fleetServiceRef } from '@backstage-fleet/plugin-fleet-node';
import { fleetActions } from './actions';

/**
 * Adds the `fleet:*` actions to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleFleet = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'fleet',
  register(registration) {
    registration.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        fleet: fleetServiceRef,
      },
      async init({ actions, fleet }) {
        actions.addActions(...fleetActions.map(create => create({ fleet })));
      },
    });
  },
});
