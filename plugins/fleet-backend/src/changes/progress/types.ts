import type {
  ChangeState,
  Deployment,
} from '@backstage-fleet/plugin-fleet-common';
import type { ObjectReference } from '@backstage-fleet/plugin-fleet-gitops';
import type { NewTimelineEntry } from '../journal';
import type { ChangePatch, ObservedCluster } from '../types';

/** What the fleet shows of a written change. */
export interface FleetObservation {
  /** Whether every hub is live: without that, nothing is concluded. */
  live: boolean;
  deployment(application: {
    namespace: string;
    name: string;
  }): Deployment | undefined;
  /** What is deployed on a cluster. */
  deploymentsOn?(cluster: string): Deployment[];
  cluster?(name: string): ObservedCluster | undefined;
  hasObject?(object: ObjectReference): boolean | undefined;
}

/** A step forward. */
export interface Progress {
  from: ChangeState;
  patch: ChangePatch;
  entry: NewTimelineEntry;
}
