import type {
  HubFreshness,
  HubStatus,
} from '@backstage-fleet/plugin-fleet-common';
import type { HubDefinition } from '../hubs';
import { ClusterIndex, type ClusterLabelKeys } from './clusterIndex';
import { deploymentFreshness, type Freshness } from './deploymentFreshness';
import { HubCopy } from './hubCopy';
import { HubConnections } from './hubFreshness';
import { ReadyClaims } from './readyClaims';
import { ReconciliationPace } from './reconciliationPace';
import type { ApplicationRecord } from './records';

/** What the store keeps of one hub. */
export class HubPart {
  readonly copy = new HubCopy();
  readonly readyClaims = new ReadyClaims();
  readonly pace: ReconciliationPace;
  readonly connections: HubConnections;
  #clusters: ClusterIndex;

  constructor(
    readonly hub: HubDefinition,
    private readonly labels: ClusterLabelKeys,
    now: Date,
  ) {
    this.pace = new ReconciliationPace(hub.reconciliationSeconds);
    this.#clusters = new ClusterIndex(hub.id, [], labels);
    this.connections = new HubConnections(now.toISOString());
  }

  get clusters(): ClusterIndex {
    return this.#clusters;
  }

  /**
   * Other clusters are registered now.
   *
   * @returns which Applications that may concern
   */
  readClusters(): (record: ApplicationRecord) => boolean {
    const before = this.#clusters;
    this.#clusters = new ClusterIndex(
      this.hub.id,
      this.copy.objects('Cluster').values(),
      this.labels,
    );
    const concerns = this.#clusters.differenceTo(before);
    return ({ object }) => concerns(object.spec?.destination ?? {});
  }

  /** Whether an Application of this hub is shown as it is now. */
  freshness(record: ApplicationRecord, now: Date): Freshness {
    return this.#ask(record, now, this.connections.freshness(this.hub));
  }

  /** The same as far as it is no matter of the connection to the hub, which is the same for all its Applications. */
  ownFreshness(record: ApplicationRecord, now: Date): HubStatus {
    const { id, title } = this.hub;
    return this.#ask(record, now, { id, title, status: 'live' }).status;
  }

  #ask({ object, state }: ApplicationRecord, now: Date, hub: HubFreshness) {
    return deploymentFreshness({
      hub,
      connection: this.#clusters.resolve(object.spec?.destination ?? {})
        .connection,
      reconciledAt: state.reconciledAt,
      conditions: state.conditions,
      syncUnknown: state.sync === 'Unknown',
      pace: this.pace,
      now: now.getTime(),
    });
  }
}
