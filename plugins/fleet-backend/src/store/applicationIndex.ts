import type { ApplicationRecord } from './records';

type Records = Set<ApplicationRecord>;

const NOTHING: ReadonlyMap<string, Records> = new Map();

/**
 * Applications by everything that pages ask for.
 */
export class ApplicationIndex {
  readonly #byId = new Map<string, ApplicationRecord>();
  readonly #byService = new Map<string, Records>();
  readonly #byCluster = new Map<string, Records>();
  readonly #byApplicationSet = new Map<string, Records>();
  /** By cluster and then by service. */
  readonly #byPlace = new Map<string, Map<string, Records>>();

  get(id: string): ApplicationRecord | undefined {
    return this.#byId.get(id);
  }

  all(): Iterable<ApplicationRecord> {
    return this.#byId.values();
  }

  get services(): Iterable<string> {
    return this.#byService.keys();
  }

  hasService(service: string): boolean {
    return this.#byService.has(service);
  }

  ofService(service: string): ApplicationRecord[] {
    return [...(this.#byService.get(service) ?? [])];
  }

  ofCluster(cluster: string): ApplicationRecord[] {
    return [...(this.#byCluster.get(cluster) ?? [])];
  }

  /** The services on a cluster, each with its Applications there. */
  servicesOn(
    cluster: string,
  ): ReadonlyMap<string, ReadonlySet<ApplicationRecord>> {
    return this.#byPlace.get(cluster) ?? NOTHING;
  }

  /** @param key - see {@link applicationSetKey} */
  ofApplicationSet(key: string): ApplicationRecord[] {
    return [...(this.#byApplicationSet.get(key) ?? [])];
  }

  /** Puts a record in the place of the one with the same id. */
  set(record: ApplicationRecord) {
    this.delete(record.id);
    this.#byId.set(record.id, record);
    add(this.#byCluster, record.clusterId, record);
    if (record.applicationSet) {
      add(this.#byApplicationSet, setKeyOf(record), record);
    }
    if (record.service) {
      add(this.#byService, record.service, record);
      let services = this.#byPlace.get(record.clusterId);
      if (!services) {
        services = new Map();
        this.#byPlace.set(record.clusterId, services);
      }
      add(services, record.service, record);
    }
  }

  delete(id: string): ApplicationRecord | undefined {
    const record = this.#byId.get(id);
    if (!record) return undefined;
    this.#byId.delete(id);
    remove(this.#byCluster, record.clusterId, record);
    if (record.applicationSet) {
      remove(this.#byApplicationSet, setKeyOf(record), record);
    }
    if (record.service) {
      remove(this.#byService, record.service, record);
      const services = this.#byPlace.get(record.clusterId)!;
      remove(services, record.service, record);
      if (services.size === 0) this.#byPlace.delete(record.clusterId);
    }
    return record;
  }
}

/** One service on one cluster. Neither name can have a line break. */
export function pairKey(service: string, clusterId: string): string {
  return `${service}\n${clusterId}`;
}

/** The two sides of {@link pairKey}. */
export function splitPair(pair: string): [service: string, clusterId: string] {
  const at = pair.indexOf('\n');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

/** An ApplicationSet of a hub. */
export function applicationSetKey(
  hub: string,
  namespace: string,
  name: string,
): string {
  return `${hub}/${namespace}/${name}`;
}

function setKeyOf(record: ApplicationRecord): string {
  const { hub, namespace, applicationSet = '' } = record;
  return applicationSetKey(hub, namespace, applicationSet);
}

function add<T>(map: Map<string, Set<T>>, key: string, value: T) {
  const values = map.get(key);
  if (values) values.add(value);
  else map.set(key, new Set([value]));
}

function remove<T>(map: Map<string, Set<T>>, key: string, value: T) {
  const values = map.get(key);
  if (values?.delete(value) && values.size === 0) map.delete(key);
}
