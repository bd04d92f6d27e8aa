import type { HubDefinition, TimeSlices } from '../hubs';
import type { ClusterLabelKeys } from './clusterIndex';
import type { NamePattern } from './namePattern';
import type { RevisionCounter } from './revision';

export interface FleetStoreOptions {
  hubs: HubDefinition[];
  labels: ClusterLabelKeys;
  namePatterns: NamePattern[];
  /** Whether the version that runs is said by images; otherwise what was synced runs. Default: true. */
  imagesTellVersion?: boolean;
  revisions?: RevisionCounter;
  ringSize?: number;
  now?: () => Date;
  /** When there is time to look at many Applications. Default: shared with the hubs. */
  slices?: TimeSlices;
}

/** What a new revision brought. */
export interface RevisionEvent {
  revision: number;
  /** Ids of Applications that are new, different or gone. */
  applications: ReadonlySet<string>;
  /** Whether clusters or AppProjects of some hub are different. */
  surroundings: boolean;
}
