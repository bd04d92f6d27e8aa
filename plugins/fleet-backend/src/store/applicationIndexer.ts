import {
  applicationState,
  type KubernetesObject,
} from '@backstage-fleet/plugin-fleet-common';
import { type ApplicationIndex, pairKey } from './applicationIndex';
import { applicationId, readApplication } from './applicationRecord';
import type { FleetAxes } from './fleetAxes';
import type { ObjectChanges } from './hubCopy';
import type { HubPart } from './hubPart';
import type { PendingRevision } from './pendingRevision';
import type { ApplicationRecord } from './records';
import {
  type IdentityQuestion,
  NAMED_BY_PATTERN,
  type ServiceIdentifier,
} from './serviceIdentity';

/** Keeps the records of Applications up to date, and says in a pending revision what looks different. */
export class ApplicationIndexer {
  constructor(
    private readonly options: {
      applications: ApplicationIndex;
      axes: FleetAxes;
      part: (hubId: string) => HubPart;
      identifier: () => ServiceIdentifier;
      imagesTellVersion?: boolean;
      now: () => Date;
    },
  ) {}

  /** Applications of a hub came, changed or went. */
  take(part: HubPart, changes: ObjectChanges, pending: PendingRevision) {
    const { changed, same, removed } = changes;
    for (const object of same) this.#refresh(part, object, pending);
    for (const object of changed) this.#index(part, object, pending);
    for (const key of removed) {
      const { applications } = this.options;
      this.#touch(applications.delete(`${part.hub.id}/${key}`), pending);
    }
  }

  /**
   * Clusters of a hub are others now: so may be the cluster of an Application, and its service where the cluster had a
   * say.
   */
  followClusters(part: HubPart, pending: PendingRevision) {
    const isConcerned = part.readClusters();
    const { id: hub } = part.hub;
    const concerned = [...this.options.applications.all()].filter(
      record => record.hub === hub && isConcerned(record),
    );
    for (const record of concerned) {
      const { object, clusterId, namedBy } = record;
      const { id } = part.clusters.resolve(object.spec?.destination ?? {});
      const settled =
        clusterId === id &&
        namedBy !== undefined &&
        !namedBy.startsWith(NAMED_BY_PATTERN);
      if (!settled) this.#index(part, object, pending);
      // Argo CD may have lost the cluster, or found it again.
      else this.age(record, pending);
    }
  }

  /** Other services are declared: so may be the service of an Application. */
  identify(record: ApplicationRecord, pending: PendingRevision) {
    const identity = this.options.identifier().identify(this.question(record));
    const isSame =
      identity?.service === record.service &&
      identity?.namedBy === record.namedBy;
    if (isSame) return;
    this.#index(this.options.part(record.hub), record.object, pending);
  }

  /** Time has passed. */
  age(record: ApplicationRecord, pending: PendingRevision) {
    if (this.#age(record)) markCell(record, pending);
  }

  /** What the rules of service identity are asked about an Application. */
  question({ hub, object, applicationSet }: ApplicationRecord) {
    const { clusters } = this.options.part(hub);
    const cluster = clusters.resolve(object.spec?.destination ?? {});
    return { hub, object, applicationSet, cluster } satisfies IdentityQuestion;
  }

  #index(part: HubPart, object: KubernetesObject, pending: PendingRevision) {
    const { applications, identifier, imagesTellVersion } = this.options;
    const id = applicationId(part.hub.id, object);
    const before = applications.get(id);
    const record = readApplication(object, {
      id,
      hub: part.hub.id,
      cluster: part.clusters.resolve(object.spec?.destination ?? {}),
      identifier: identifier(),
      versions: before?.versions ?? {},
      imagesTellVersion,
    });
    part.pace.observe(before?.state.reconciledAt, record.state.reconciledAt);
    this.#age(record);
    applications.set(record);
    this.#touch(before, pending);
    this.#touch(record, pending);
  }

  /** An Application that was only looked at again. */
  #refresh(part: HubPart, object: KubernetesObject, pending: PendingRevision) {
    const { applications } = this.options;
    const record = applications.get(applicationId(part.hub.id, object));
    if (!record) return;
    const before = record.state.reconciledAt;
    record.object = object;
    record.state = applicationState(object);
    part.pace.observe(before, record.state.reconciledAt);
    this.age(record, pending);
  }

  /** @returns whether the record became stale, or fresh */
  #age(record: ApplicationRecord): boolean {
    const { now, part } = this.options;
    const before = record.freshness;
    record.freshness = part(record.hub).ownFreshness(record, now());
    return record.freshness !== before;
  }

  #touch(record: ApplicationRecord | undefined, pending: PendingRevision) {
    if (!record) return;
    pending.touched.add(record.id);
    markCell(record, pending);
    this.options.axes.observe(record);
  }
}

/** The cell of the matrix that shows a record looks different. */
export function markCell(
  { service, clusterId }: ApplicationRecord,
  pending: PendingRevision,
) {
  if (service) pending.cell(pairKey(service, clusterId));
}
