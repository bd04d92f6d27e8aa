import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      /** How the fleet's clusters become entities of the catalog. */
      fleet?: {
        /** Entity ref of who owns the clusters. Default: unknown. */
        owner?: string;

        /**
         * A label or annotation of clusters whose value is the entity ref of the owner. Clusters without it belong to `owner`.
         */
        ownerKey?: string;

        /** Entity ref of the system that the clusters are part of. Default: none. */
        system?: string;

        /** Namespace of the entities. Default: default. */
        namespace?: string;

        /** Keys of cluster labels that the entities have too. Environment, region and hub they always have. */
        labels?: string[];

        /** Whether components depend on the clusters that they run on. Default: true. */
        relations?: boolean;

        /** When the fleet is asked. Default: every 30 seconds. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      };
    };
  };
}
