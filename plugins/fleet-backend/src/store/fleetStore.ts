import { isDeepStrictEqual } from 'util';
import {
  applicationState,
  type HubFreshness,
  type HubStatus,
  type KubernetesObject,
} from '@backstage-fleet/plugin-fleet-common';
import type {
  HubObjectKind,
  HubSink,
} from '@backstage-fleet/plugin-fleet-node';
import type { HubDefinition } from '../hubs';
import type { FleetStoreOptions, RevisionEvent } from './fleetStoreOptions';
import {
  ApplicationIndex,
  applicationSetKey,
  pairKey,
  splitPair,
} from './applicationIndex';
import { applicationId, readApplication, runningOf } from './applicationRecord';
import { Axes, buildAxes } from './axes';
import type { ClusterIndex } from './clusterIndex';
import { ChangeRing } from './changeRing';
import type { ObjectChanges } from './hubCopy';
import { createHubSink } from './hubSink';
import type { HubConnections } from './hubFreshness';
import { HubPart } from './hubPart';
import type { Freshness } from './deploymentFreshness';
import type {
  ApplicationRecord,
  ClusterEntry,
  DeclaredService,
  GitVersions,
} from './records';
import { PendingRevision } from './pendingRevision';
import { RevisionCounter } from './revision';
import {
  NAMED_BY_PATTERN,
  RuleAnswer,
  ServiceIdentifier,
} from './serviceIdentity';

/** Cells that a client may have missed and still be served a delta. */
const RING_SIZE = 20_000;

/** Applications that are matched with services between two pauses for requests: some 10 ms. */
const IDENTIFIED_AT_ONCE = 1_000;

/**
 * What the hubs say, indexed, in memory: the one copy that every answer is made from. Each change that somebody could see makes a new revision, and is remembered for those who ask what is new.
 */
export class FleetStore {
  readonly #options: FleetStoreOptions;
  readonly #hubs = new Map<string, HubPart>();
  readonly #applications = new ApplicationIndex();
  readonly #revisions: RevisionCounter;
  readonly #ring: ChangeRing;
  readonly #listeners = new Set<(event: RevisionEvent) => void>();
  #declared = new Map<string, DeclaredService>();
  #identifier: ServiceIdentifier;
  #axes: Axes | undefined;
  #axesRevision: number;
  #pending = new PendingRevision();

  constructor(options: FleetStoreOptions) {
    this.#options = options;
    this.#revisions = options.revisions ?? new RevisionCounter();
    this.#ring = new ChangeRing(options.ringSize ?? RING_SIZE);
    this.#axesRevision = this.#revisions.current;
    this.#identifier = new ServiceIdentifier([], options.namePatterns);
    for (const hub of options.hubs) {
      this.#hubs.set(hub.id, new HubPart(hub, options.labels, this.#now()));
    }
  }

  /** Where a source of this hub delivers to. */
  sink(hubId: string): HubSink {
    const part = this.#part(hubId);
    return createHubSink(part, run =>
      this.#change(() => {
        const { kind, changes, news } = run();
        if (changes) this.#apply(part, kind, changes);
        if (news) this.#pending.news = true;
      }),
    );
  }

  /**
   * What the catalog declares. Of two that name the same service the first counts. The first thousand Applications are
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
    const ids = [...this.#applications.all()].map(({ id }) => id);
    this.#change(() => {
      this.#declared = declared;
      this.#identifier = identifier;
      this.#axes = undefined;
      this.#pending.news = true;
      this.#identify(ids.slice(0, IDENTIFIED_AT_ONCE));
    });
    for (let at = IDENTIFIED_AT_ONCE; at < ids.length; ) {
      await new Promise(resolve => setImmediate(resolve));
      // Something newer was declared meanwhile, and goes through all of them.
      if (this.#identifier !== identifier) return;
      const next = at + IDENTIFIED_AT_ONCE;
      this.#change(() => this.#identify(ids.slice(at, next)));
      at = next;
    }
  }

  /** What Git says of Applications' versions, by id. */
  setVersions(versions: ReadonlyMap<string, GitVersions>) {
    this.#change(() => {
      for (const [id, found] of versions) {
        const record = this.#applications.get(id);
        if (!record || isDeepStrictEqual(record.versions, found)) continue;
        record.versions = found;
        record.running = runningOf(record, this.#options.imagesTellVersion);
        this.#pending.news = true;
        this.#markCell(record);
      }
    });
  }

  /** Looks whether time has made something stale. To be called now and then. */
  sweep() {
    this.#change(() => {
      for (const record of this.#applications.all()) {
        if (this.#age(record)) this.#markCell(record);
      }
    });
  }

  get revision(): number {
    return this.#revisions.current;
  }

  /** Calls back after each new revision. Returns what ends that. */
  onRevision(listener: (event: RevisionEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
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
    return this.#part(record.hub).freshness(record, this.#now());
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

  /** Whether a claim was ready at some time, as far as this copy saw it. */
  wasReady(hubId: string, claim: KubernetesObject): boolean {
    return this.#part(hubId).readyClaims.has(claim);
  }

  /** What the rules say, one by one, of the service that an Application belongs to. */
  diagnose(record: ApplicationRecord): RuleAnswer[] {
    const { hub, object, applicationSet } = record;
    const { clusters } = this.#part(hub);
    const cluster = clusters.resolve(object.spec?.destination ?? {});
    return this.#identifier.diagnose({ hub, object, applicationSet, cluster });
  }

  /** The clusters of a hub: which its Secrets register, and where they are. */
  clustersOf(hubId: string): ClusterIndex {
    return this.#part(hubId).clusters;
  }

  axes(): Axes {
    this.#axes ??= buildAxes(
      [...this.#applications.services, ...this.#declared.keys()],
      [...this.#hubs.values()].map(({ clusters }) => clusters),
      this.#applications.all(),
    );
    return this.#axes;
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
    return this.#applications.ofPair(pairKey(service, cluster));
  }

  /**
   * The pairs that changed after a revision; `undefined` where a client has to take everything anew: the revision is not
   * of this copy, rows or columns changed since, or it is too long ago.
   */
  changedPairs(
    since: number,
  ): Array<[service: string, clusterId: string]> | undefined {
    this.axes();
    if (!this.#revisions.knows(since) || since < this.#axesRevision) {
      return undefined;
    }
    const pairs = this.#ring.since(since);
    return pairs && [...pairs].map(splitPair);
  }

  /** Runs something that may touch much and makes at most one revision of it. */
  #change(run: () => void) {
    run();
    const { news, pairs, touched, surroundings } = this.#pending;
    if (!news) return;
    this.#pending = new PendingRevision();
    const axesBefore = this.#axes;
    const revision = this.#revisions.advance();
    if (axesBefore === undefined) this.#axesRevision = revision;
    for (const pair of pairs) this.#ring.add(revision, pair);
    const event = { revision, applications: touched, surroundings };
    for (const listener of [...this.#listeners]) listener(event);
  }

  #apply(part: HubPart, kind: HubObjectKind, changes: ObjectChanges) {
    const { changed, same, removed } = changes;
    if (kind === 'Application') {
      for (const object of same) this.#refresh(part, object);
    }
    if (kind === 'Claim') part.readyClaims.observe(changed);
    if (changed.length === 0 && removed.length === 0) return;
    this.#pending.news = true;
    if (kind === 'Application') {
      for (const object of changed) this.#index(part, object);
      for (const key of removed) this.#forget(`${part.hub.id}/${key}`);
      return;
    }
    if (kind === 'Cluster' || kind === 'AppProject') {
      this.#pending.surroundings = true;
    }
    if (kind === 'Cluster') {
      part.readClusters();
      this.#axes = undefined;
      this.#move(part);
    }
  }

  /** The Applications of a hub whose cluster is another one now, or whose service may be. */
  #move(part: HubPart) {
    for (const [key, object] of part.copy.objects('Application')) {
      const record = this.#applications.get(`${part.hub.id}/${key}`);
      const { id } = part.clusters.resolve(object.spec?.destination ?? {});
      const settled =
        record?.clusterId === id &&
        record.namedBy !== undefined &&
        !record.namedBy.startsWith(NAMED_BY_PATTERN);
      if (!settled) this.#index(part, object);
      // Argo CD may have lost the cluster, or found it again.
      else this.#age(record);
    }
  }

  /** Applications whose service may be another one now, because other services are declared. */
  #identify(ids: string[]) {
    for (const id of ids) {
      const record = this.#applications.get(id);
      if (!record) continue;
      const { hub, object, applicationSet } = record;
      const part = this.#part(hub);
      const cluster = part.clusters.resolve(object.spec?.destination ?? {});
      const question = { hub, object, applicationSet, cluster };
      const identity = this.#identifier.identify(question);
      const isSame =
        identity?.service === record.service &&
        identity?.namedBy === record.namedBy;
      if (!isSame) this.#index(part, object);
    }
  }

  #index(part: HubPart, object: KubernetesObject) {
    const id = applicationId(part.hub.id, object);
    const before = this.#applications.get(id);
    const record = readApplication(object, {
      id,
      hub: part.hub.id,
      cluster: part.clusters.resolve(object.spec?.destination ?? {}),
      identifier: this.#identifier,
      versions: before?.versions ?? {},
      imagesTellVersion: this.#options.imagesTellVersion,
    });
    part.pace.observe(before?.state.reconciledAt, record.state.reconciledAt);
    this.#age(record);
    this.#applications.set(record);
    this.#touch(before);
    this.#touch(record);
  }

  /** An Application that was only looked at again. */
  #refresh(part: HubPart, object: KubernetesObject) {
    const record = this.#applications.get(applicationId(part.hub.id, object));
    if (!record) return;
    const before = record.state.reconciledAt;
    record.object = object;
    record.state = applicationState(object);
    part.pace.observe(before, record.state.reconciledAt);
    if (this.#age(record)) this.#markCell(record);
  }

  /** @returns whether the record became stale, or fresh */
  #age(record: ApplicationRecord): boolean {
    const before = record.freshness;
    record.freshness = this.#part(record.hub).ownFreshness(record, this.#now());
    return record.freshness !== before;
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }

  #forget(id: string) {
    this.#touch(this.#applications.delete(id));
  }

  #touch(record: ApplicationRecord | undefined) {
    if (!record) return;
    this.#pending.touched.add(record.id);
    if (!record.service) return;
    this.#markCell(record);
    // A row or column that comes or goes with this record.
    const axes = this.#axes;
    if (!axes) return;
    const known =
      axes.rows.has(record.service) && axes.columns.has(record.clusterId);
    const needed =
      this.#declared.has(record.service) ||
      this.#applications.ofService(record.service).length > 0;
    if (!known || !needed || this.#leftUnregistered(record)) {
      this.#axes = undefined;
    }
  }

  #markCell({ service, clusterId }: ApplicationRecord) {
    if (service) this.#pending.cell(pairKey(service, clusterId));
  }

  #leftUnregistered({ hub, clusterId }: ApplicationRecord): boolean {
    return (
      !this.#part(hub).clusters.isRegistered(clusterId) &&
      !this.#applications.ofCluster(clusterId).some(({ service }) => service)
    );
  }

  #part(hubId: string): HubPart {
    const part = this.#hubs.get(hubId);
    if (!part) throw new Error(`There is no hub ${hubId}`);
    return part;
  }
}
