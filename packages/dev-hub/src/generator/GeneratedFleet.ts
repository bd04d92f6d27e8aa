import { applicationTemplate } from './applicationTemplate';
import { mix } from './random';

/** Size and liveliness of a generated fleet. */
export interface FleetSize {
  /** Applications of this hub. */
  applications: number;
  /** Clusters of this hub, registered by cluster Secrets. */
  clusters: number;
  /** Services that the Applications belong to, each on as many clusters. Default: every service on every cluster. */
  services?: number;
  /** Bytes of one Application, about. */
  bytes: number;
  /** The same seed makes the same fleet and the same changes. */
  seed: number;
}

/** What changes of an Application: everything else follows from its index. */
export interface ApplicationState {
  /** How often it has changed. */
  changes: number;
  resourceVersion: number;
}

const HEALTH = ['Healthy', 'Healthy', 'Healthy', 'Progressing', 'Degraded'];
const REGIONS = ['eu-west-1', 'us-east-1', 'ap-south-1'];
const ENVIRONMENTS = ['prod', 'staging'];
/** Version of the list before anything changed. */
export const FIRST_VERSION = 1_000_000;

/**
 * A fleet of any size that is never held in memory: the text of an Application is written when it is asked for, from its
 * index and from how often it has changed.
 */
export class GeneratedFleet {
  readonly #template: (fields: Record<string, string>) => string;
  /** Index of the Application of each change, oldest first; change n has version FIRST_VERSION + n + 1. */
  readonly #changes: number[] = [];
  readonly #states = new Map<number, number[]>();
  readonly #listeners = new Set<(index: number, version: number) => void>();

  /** On how many clusters each service is. */
  readonly #perService: number;

  constructor(readonly size: FleetSize) {
    this.#perService = size.services
      ? Math.min(size.clusters, Math.ceil(size.applications / size.services))
      : size.clusters;
    this.#template = applicationTemplate(size.bytes);
  }

  get resourceVersion(): number {
    return FIRST_VERSION + this.#changes.length;
  }

  /** Applications in the order of their names. */
  name(index: number): string {
    return `service-${this.serviceOf(index)}-${this.clusterOf(index)}`;
  }

  serviceOf(index: number): string {
    return String(Math.floor(index / this.#perService)).padStart(5, '0');
  }

  clusterOf(index: number): string {
    const { clusters } = this.size;
    const service = Math.floor(index / this.#perService);
    const nth = index % this.#perService;
    const spread = Math.max(1, Math.floor(clusters / this.#perService));
    // Services are on different clusters, each in the order of their names.
    return this.clusterName(
      (Math.floor((nth * clusters) / this.#perService) + (service % spread)) %
        clusters,
    );
  }

  clusterName(cluster: number): string {
    return `cluster-${String(cluster).padStart(4, '0')}`;
  }

  /** Labels of a cluster, by its number. */
  clusterLabels(cluster: number): Record<string, string> {
    return {
      region: REGIONS[cluster % REGIONS.length],
      environment: ENVIRONMENTS[Math.floor(cluster / 3) % 2],
    };
  }

  /** The state of an Application at a version, as far as a list at that version shows it. */
  stateAt(index: number, version: number): ApplicationState {
    const versions = this.#states.get(index) ?? [];
    let changes = versions.length;
    while (changes > 0 && versions[changes - 1] > version) changes -= 1;
    return {
      changes,
      resourceVersion: changes === 0 ? FIRST_VERSION : versions[changes - 1],
    };
  }

  /** An Application as JSON. Each change moves health and, every other time, the image that runs. */
  text(index: number, { changes, resourceVersion }: ApplicationState): string {
    const { seed } = this.size;
    const health = HEALTH[mix(seed, index, changes) % HEALTH.length];
    const revision = mix(seed, index, changes >> 1)
      .toString(16)
      .padStart(8, '0')
      .repeat(5);
    return this.#template({
      name: this.name(index),
      service: this.serviceOf(index),
      cluster: this.clusterOf(index),
      uid: uid(seed, index),
      version: String(resourceVersion),
      generation: String(changes + 1),
      health,
      sync: mix(seed, index, changes + 7) % 10 === 0 ? 'OutOfSync' : 'Synced',
      revision,
      tag: `1.${(changes >> 1) % 100}.${index % 10}`,
      time: new Date(1_760_000_000_000 + changes * 1000)
        .toISOString()
        .replace('.000', ''),
    });
  }

  /** Changes the next Applications; which, follows from the seed. */
  change(count: number): void {
    for (let done = 0; done < count; done += 1) {
      const number = this.#changes.length;
      this.changeOne(mix(this.size.seed, number, 99) % this.size.applications);
    }
  }

  /** Changes one Application. */
  changeOne(index: number): void {
    this.#changes.push(index);
    const version = this.resourceVersion;
    const versions = this.#states.get(index) ?? [];
    versions.push(version);
    this.#states.set(index, versions);
    for (const listener of this.#listeners) listener(index, version);
  }

  /** Changes after a version: index and version of each. */
  since(version: number): Array<[index: number, version: number]> {
    const from = Math.max(0, version - FIRST_VERSION);
    return this.#changes
      .slice(from)
      .map((index, offset) => [index, FIRST_VERSION + from + offset + 1]);
  }

  onChange(listener: (index: number, version: number) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}

function uid(seed: number, index: number): string {
  const part = (salt: number, length: number) =>
    mix(seed, index, salt).toString(16).padStart(8, '0').slice(0, length);
  return `${part(1, 8)}-${part(2, 4)}-4${part(3, 3)}-8${part(4, 3)}-${part(
    5,
    8,
  )}${part(6, 4)}`;
}
