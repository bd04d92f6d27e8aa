import { isDeepStrictEqual } from 'util';
import type {
  HubFreshness,
  HubStatus,
  KubernetesObject,
} from '@backstage-fleet/plugin-fleet-common';
import type {
  HubObjectKind,
  HubSink,
} from '@backstage-fleet/plugin-fleet-node';
import { type HubDefinition, inParts, processSlices } from '../hubs';
import { ApplicationIndex, applicationSetKey } from './applicationIndex';
import { ApplicationIndexer, markCell } from './applicationIndexer';
import { runningOf } from './applicationRecord';
import type { Axes } from './axes';
import type { ClusterIndex } from './clusterIndex';
import type { Freshness } from './deploymentFreshness';
import { FleetAxes } from './fleetAxes';
import type { FleetStoreOptions, RevisionEvent } from './fleetStoreOptions';
import type { ObjectChanges } from './hubCopy';
import type { HubConnections } from './hubFreshness';
import { HubPart } from './hubPart';
import { createHubSink } from './hubSink';
import type { PendingRevision } from './pendingRevision';
import type { ReadyClaims } from './readyClaims';
import type {
  ApplicationRecord,
  ClusterEntry,
  DeclaredService,
  GitVersions,
} from './records';
import { RevisionHistory } from './revisionHistory';
import { type RuleAnswer, ServiceIdentifier } from './serviceIdentity';

/** Applications that are looked at between two pauses for requests: some milliseconds. */
const LOOKED_AT_ONCE = 200;

/**
 * What the hubs say, indexed, in memory: the one copy that every answer is made from. Each change that somebody could see
 * makes a new revision, and is remembered for those who ask what is new.
 */
export class FleetStore {
  readonly #options: FleetStoreOptions;
  readonly #hubs: ReadonlyMap<string, HubPart>;
  readonly #applications = new ApplicationIndex();
  readonly #axes: FleetAxes;
  readonly #indexer: ApplicationIndexer;
  readonly #revisions: RevisionHistory;
  #declared: ReadonlyMap<string, DeclaredService> = new Map();
  #identifier: ServiceIdentifier;

  constructor(options: FleetStoreOptions) {
    const { hubs, imagesTellVersion, labels, namePatterns } = options;
    const now = options.now ?? (() => new Date());
    this.#options = { ...options, now };
    this.#hubs = new Map(
      hubs.map(hub => [hub.id, new HubPart(hub, labels, now())]),
    );
    this.#revisions = new RevisionHistory(options.revisions, options.ringSize);
    this.#identifier = new ServiceIdentifier([], namePatterns);
    const applications = this.#applications;
    this.#axes = new FleetAxes(this.#hubs, applications, () => this.#declared);
    this.#indexer = new ApplicationIndexer({
      applications,
      axes: this.#axes,
      part: hubId => this.#part(hubId),
      identifier: () => this.#identifier,
      imagesTellVersion,
      now,
    });
  }

  /** Where a source of this hub delivers to. */
  sink(hubId: string): HubSink {
    const part = this.#part(hubId);
    return createHubSink(part, run =>
      this.#change(pending => {
        const { kind, changes, news } = run();
        if (changes) this.#apply(part, kind, changes, pending);
        if (news) pending.news = true;
      }),
    );
  }

  /**
   * What the catalog declares. Of two that name the same service the first counts. The first of the Applications are
   * matched with it at once, the others with requests in between.
   */
  async setDeclaredServices(services: DeclaredService[]): Promise<void> {
    // Of two entries with one key a map keeps the last.
    const declared = new Map(
      [...services].reverse().map(service => [service.name, service]),
    );
    if (isDeepStrictEqual(declared, this.#declared)) return;
    const { namePatterns } = this.#options;
    const identifier = new ServiceIdentifier(services, namePatterns);
    this.#change(pending => {
      this.#declared = declared;
      this.#identifier = identifier;
      this.#axes.invalidate();
      pending.news = true;
    });
    await this.#lookAtAll(
      (record, pending) => this.#indexer.identify(record, pending),
      // Something newer was declared meanwhile, and goes through all of them.
      () => this.#identifier === identifier,
    );
  }

  /** What Git says of Applications' versions, by id. */
  setVersions(versions: ReadonlyMap<string, GitVersions>) {
    this.#change(pending => {
      for (const [id, found] of versions) {
        const record = this.#applications.get(id);
        if (!record || isDeepStrictEqual(record.versions, found)) continue;
        record.versions = found;
        record.running = runningOf(record, this.#options.imagesTellVersion);
        pending.news = true;
        markCell(record, pending);
      }
    });
  }

  /** Looks whether time has made something stale, with requests in between. To be called now and then. */
  async sweep(): Promise<void> {
    await this.#lookAtAll((record, pending) =>
      this.#indexer.age(record, pending),
    );
  }

  get revision(): number {
    return this.#revisions.current;
  }

  /** Calls back after each new revision. Returns what ends that. */
  onRevision(listener: (event: RevisionEvent) => void): () => void {
    return this.#revisions.onRevision(listener);
  }

  get hubs(): HubDefinition[] {
    return this.#options.hubs;
  }

  freshness(hubId?: string): HubFreshness[] {
    return this.hubs
      .filter(hub => hubId === undefined || hub.id === hubId)
      .map(hub => this.#part(hub.id).connections.freshness(hub));
  }

  /** Whether an Application is shown as it is now, or as it was when somebody last looked. */
  freshnessOf(record: ApplicationRecord): Freshness {
    return this.#part(record.hub).freshness(record, this.#options.now!());
  }

  connections(hubId: string): HubConnections {
    return this.#part(hubId).connections;
  }

  hubStatus(hubId: string): HubStatus {
    return this.#hubs.get(hubId)?.connections.status ?? 'connecting';
  }

  objects(
    hubId: string,
    kind: HubObjectKind,
  ): ReadonlyMap<string, KubernetesObject> {
    return this.#part(hubId).copy.objects(kind);
  }

  /** The claims of a hub that were ready at some time. */
  readyClaims(hubId: string): ReadyClaims {
    return this.#part(hubId).readyClaims;
  }

  /** What the rules say, one by one, of the service that an Application belongs to. */
  diagnose(record: ApplicationRecord): RuleAnswer[] {
    return this.#identifier.diagnose(this.#indexer.question(record));
  }

  /** The clusters of a hub: which its Secrets register, and where they are. */
  clustersOf(hubId: string): ClusterIndex {
    return this.#part(hubId).clusters;
  }

  axes(): Axes {
    return this.#axes.get();
  }

  cluster(id: string): ClusterEntry | undefined {
    const { clusters, columns } = this.axes();
    const column = columns.get(id);
    return column === undefined ? undefined : clusters[column];
  }

  declaredService(name: string): DeclaredService | undefined {
    return this.#declared.get(name);
  }

  application(id: string): ApplicationRecord | undefined {
    return this.#applications.get(id);
  }

  applications(): Iterable<ApplicationRecord> {
    return this.#applications.all();
  }

  applicationsOfService(service: string): ApplicationRecord[] {
    return this.#applications.ofService(service);
  }

  applicationsOfCluster(cluster: string): ApplicationRecord[] {
    return this.#applications.ofCluster(cluster);
  }

  applicationsOfSet(
    hub: string,
    namespace: string,
    name: string,
  ): ApplicationRecord[] {
    return this.#applications.ofApplicationSet(
      applicationSetKey(hub, namespace, name),
    );
  }

  /** Deployments of a service on a cluster; more than one where several Applications carry it. */
  deployed(service: string, cluster: string): ApplicationRecord[] {
    return [...(this.servicesOn(cluster).get(service) ?? [])];
  }

  /** The services on a cluster, each with its Applications there. */
  servicesOn(
    cluster: string,
  ): ReadonlyMap<string, ReadonlySet<ApplicationRecord>> {
    return this.#applications.servicesOn(cluster);
  }

  /**
   * The pairs that changed after a revision; `undefined` where a client has to take everything anew: the revision is not
   * of this copy, rows or columns changed since, or it is too long ago.
   */
  changedPairs(
    since: number,
  ): Array<[service: string, clusterId: string]> | undefined {
    // From now on it is known whether a change is one of rows and columns.
    this.axes();
    return this.#revisions.changedPairs(since);
  }

  /** Runs something that may touch much and makes at most one revision of it. */
  #change(run: (pending: PendingRevision) => void) {
    this.#revisions.change(pending => {
      run(pending);
      // While nobody has asked for them again, every change may be one of rows and columns.
      pending.axes ||= this.#axes.areStale;
    });
  }

  #apply(
    part: HubPart,
    kind: HubObjectKind,
    changes: ObjectChanges,
    pending: PendingRevision,
  ) {
    const { changed, removed } = changes;
    if (kind === 'Application') this.#indexer.take(part, changes, pending);
    if (kind === 'Claim') part.readyClaims.observe(changed);
    if (changed.length === 0 && removed.length === 0) return;
    pending.news = true;
    if (kind === 'Cluster' || kind === 'AppProject') {
      pending.surroundings = true;
    }
    if (kind === 'Cluster') {
      this.#axes.invalidate();
      this.#indexer.followClusters(part, pending);
    }
  }

  /** Looks at every Application: the first at once, the others in parts, as long as it matters. */
  async #lookAtAll(
    look: (record: ApplicationRecord, pending: PendingRevision) => void,
    matters = () => true,
  ): Promise<void> {
    const ids = [...this.#applications.all()].map(({ id }) => id);
    const lookAt = (some: string[]) =>
      this.#change(pending => {
        for (const id of some) {
          const record = this.#applications.get(id);
          if (record) look(record, pending);
        }
      });
    const { slices = processSlices } = this.#options;
    lookAt(ids.slice(0, LOOKED_AT_ONCE));
    for (const part of inParts(ids.slice(LOOKED_AT_ONCE), LOOKED_AT_ONCE)) {
      if (!matters()) return;
      await slices.run(() => matters() && lookAt(part));
    }
  }

  #part(hubId: string): HubPart {
    const part = this.#hubs.get(hubId);
    if (!part) throw new Error(`There is no hub ${hubId}`);
    return part;
  }
}
