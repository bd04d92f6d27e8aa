import type { RequestHandler } from 'express';
import type { TypedRouter } from '@backstage/backend-openapi-utils';
import type { PlanGuardOptions } from '@backstage-fleet/plugin-fleet-gitops';
import type { EndpointMap } from '../schema/openapi';
import type { FleetStore } from '../store';
import type { FollowedRepositories } from '../versions';
import type { SourceTags } from './sourceTags';
import type { Visibilities } from './visibility';

/** The plugin's router, with requests and answers typed by the API description. */
export type FleetRouter = TypedRouter<EndpointMap>;

/** What the read routes work with. */
export interface ReadRoutesOptions {
  /** Runs before every route. */
  middleware?: RequestHandler;
  store: FleetStore;
  repositories: FollowedRepositories;
  visibilities: Visibilities;
  sourceTags: SourceTags;
  /** When the plan that an explanation offers is stopped. */
  guards: PlanGuardOptions;
}
