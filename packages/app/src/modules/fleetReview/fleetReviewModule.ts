import { createFleetReviewModule } from '@backstage-fleet/plugin-scaffolder-frontend-module-fleet';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';

/** Shows the plan in the review step of templates too. */
export const fleetReviewModule = createFleetReviewModule(scaffolderPlugin);
