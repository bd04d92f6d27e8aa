import {
  ExtensionBoundary,
  FrontendModule,
  OverridableExtensionDefinition,
  coreExtensionData,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { ReactNode } from 'react';
import type { WizardRoutes } from './FleetTemplateWizard';

const TEMPLATES = 'sub-page:scaffolder/templates';

/**
 * What this module needs of the scaffolder's plugin, the default export of `@backstage/plugin-scaffolder/alpha`.
 *
 * @public
 */
export interface ScaffolderPlugin {
  routes: WizardRoutes;
  getExtension(id: typeof TEMPLATES): OverridableExtensionDefinition<any>;
}

/**
 * Shows the plan in the review step of the scaffolder too, for templates with a `FleetPlanPreview` field, in an app of the new
 * frontend system.
 *
 * @example
 * ```ts
 * import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
 *
 * createApp({ features: [createFleetReviewModule(scaffolderPlugin)] });
 * ```
 *
 * @public
 */
export function createFleetReviewModule(
  scaffolderPlugin: ScaffolderPlugin,
): FrontendModule {
  const { root, ongoingTask } = scaffolderPlugin.routes;
  return createFrontendModule({
    pluginId: 'scaffolder',
    extensions: [
      scaffolderPlugin.getExtension(TEMPLATES).override({
        *factory(originalFactory, { config, node }) {
          const original = originalFactory();
          const element = original.get(coreExtensionData.reactElement);
          yield* original;
          yield coreExtensionData.reactElement(
            ExtensionBoundary.lazy(node, async () => {
              const { TemplatesWithPlan } = await import('./TemplatesWithPlan');
              return (
                <TemplatesWithPlan
                  original={element as ReactNode}
                  routes={{ root, ongoingTask }}
                  formProps={{
                    EXPERIMENTAL_theme: config.enableBackstageUi
                      ? 'bui'
                      : 'mui',
                  }}
                />
              );
            }),
          );
        },
      }),
    ],
  });
}
