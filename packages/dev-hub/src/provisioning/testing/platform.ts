import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { parseAllDocuments } from 'yaml';
import { ReplayClock } from '../../clock';
import {
  allResources,
  customResourceDefinitions,
  namespaces,
  ObjectStore,
  secrets,
  startGarbageCollector,
} from '../../objects';
import { Clusters, HubCluster } from '../../spokes';
import type { Condition } from '../conditions';
import { PROVISIONERS, startProvisioning } from '../startProvisioning';

const REPOSITORY = join(
  // eslint-disable-next-line no-restricted-syntax -- tests run from the sources
  __dirname,
  '../../../../../examples/hub-and-spoke/repository',
);
const START = new Date('2026-01-01T00:00:00Z');
export const DOMAIN = 'clusters.example';

function documents(folder: string): KubernetesObject[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true })
    .map(String)
    .filter(path => path.endsWith('.yaml'))
    .sort()
    .flatMap(path =>
      parseAllDocuments(
        readFileSync(join(REPOSITORY, folder, path), 'utf8'),
      ).map(document => document.toJS()),
    );
}

/** A hub in virtual time on which everything is installed that makes clusters, with the platform of the example. */
export class Platform {
  readonly clock = new ReplayClock(START);
  readonly store = new ObjectStore({
    clock: { now: () => this.clock.now().getTime() },
    resources: [...allResources, customResourceDefinitions],
  });
  readonly hub = new HubCluster(this.store);
  readonly clusters = new Clusters({
    clock: this.clock,
    known: {},
    madeHere: server => server.includes(DOMAIN),
  });
  readonly errors: unknown[] = [];
  readonly #stops: Array<() => void>;

  constructor() {
    for (const name of ['argocd', 'clusters']) {
      this.store.create(namespaces, { metadata: { name } });
    }
    this.#stops = [
      startGarbageCollector(this.store),
      startProvisioning({
        store: this.store,
        clock: this.clock,
        clusters: this.clusters,
        provisioners: PROVISIONERS,
        domain: DOMAIN,
        namespace: 'argocd',
        onError: (_key, error) => this.errors.push(error),
      }),
    ];
  }

  static async create(): Promise<Platform> {
    const platform = new Platform();
    for (const object of documents('platform')) {
      platform.hub.apply(object, 'clusters');
    }
    await platform.pass(1);
    return platform;
  }

  /** The claim of the example for a cluster, with another name. */
  claim(example: string, name: string): KubernetesObject {
    const claim = documents('claims').find(
      ({ metadata }) => metadata.name === example,
    )!;
    const renamed: KubernetesObject = JSON.parse(
      JSON.stringify(claim).split(example).join(name),
    );
    return renamed;
  }

  apply(object: KubernetesObject): void {
    this.hub.apply(object, 'clusters');
  }

  live({ apiVersion, kind, metadata }: KubernetesObject): KubernetesObject {
    const [group, version] = apiVersion!.split('/');
    const key = {
      group,
      version,
      kind: kind!,
      namespace: metadata.namespace ?? '',
      name: metadata.name,
    };
    return this.hub.get(key)!;
  }

  condition(object: KubernetesObject, type: string): string {
    const conditions: Condition[] = this.live(object)?.status?.conditions ?? [];
    const found = conditions.find(condition => condition.type === type);
    return found ? `${found.status}/${found.reason ?? ''}` : '';
  }

  clusterSecrets(): KubernetesObject[] {
    return this.store.list(secrets, { namespace: 'argocd' }).items;
  }

  isReachable(cluster: string): boolean {
    return this.clusters.isReachable(`https://${cluster}.${DOMAIN}:6443`);
  }

  async pass(seconds: number): Promise<void> {
    await this.clock.advanceTo(
      new Date(this.clock.now().getTime() + seconds * 1000),
      async () => {},
    );
    if (this.errors.length > 0) throw this.errors[0];
  }

  /** Lets time pass and notes how a value changes. */
  async watch<T>(seconds: number, look: () => T): Promise<T[]> {
    const seen: T[] = [];
    for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
      const value = look();
      if (seen[seen.length - 1] !== value) seen.push(value);
      await this.pass(0.1);
    }
    return seen;
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }
}
