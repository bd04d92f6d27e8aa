import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { Clock } from '../clock';
import { SpokeCluster } from './spokeCluster';
import type { TargetCluster } from './types';

/** A cluster does not answer. */
export class UnreachableClusterError extends Error {
  readonly name = 'UnreachableClusterError';
  /** What Go's HTTP client says of it. */
  readonly reason: string;

  constructor(readonly server: string) {
    const { host } = URL.canParse(server) ? new URL(server) : { host: server };
    const reason = `dial tcp: lookup ${host.split(':')[0]}: no such host`;
    super(
      `failed to get server version: failed to get server version: Get "${server}/version?timeout=32s": ${reason}`,
    );
    this.reason = reason;
  }
}

/** The clusters that Applications go to, by address; a spoke comes to be when it is first asked for. */
export class Clusters {
  readonly #known: Map<string, TargetCluster>;
  readonly #unreachable = new Set<string>();
  readonly #listeners = new Set<(object: KubernetesObject) => void>();
  readonly #reachabilityListeners = new Set<(server: string) => void>();
  readonly #clock: Clock;
  readonly #podStartMilliseconds?: () => number;
  readonly #madeHere: (server: string) => boolean;

  constructor(options: {
    clock: Clock;
    /** Clusters that are there from the beginning, by address. */
    known: Record<string, TargetCluster>;
    podStartMilliseconds?: () => number;
    /** Addresses of clusters that exist only when somebody has made them; none by default. */
    madeHere?: (server: string) => boolean;
  }) {
    this.#clock = options.clock;
    this.#known = new Map(Object.entries(options.known));
    this.#podStartMilliseconds = options.podStartMilliseconds;
    this.#madeHere = options.madeHere ?? (() => false);
    for (const cluster of this.#known.values()) this.#follow(cluster);
  }

  /** @throws {@link UnreachableClusterError} */
  open(server: string): TargetCluster {
    if (!this.isReachable(server)) throw new UnreachableClusterError(server);
    return this.#spoke(server);
  }

  isReachable(server: string): boolean {
    if (this.#unreachable.has(server) || !URL.canParse(server)) return false;
    return this.#known.has(server) || !this.#madeHere(server);
  }

  /** Lets a cluster come up, or makes it silent; what runs on it stays. */
  setReachable(server: string, reachable: boolean): void {
    const before = this.isReachable(server);
    if (reachable) {
      this.#unreachable.delete(server);
      this.#spoke(server);
    } else this.#unreachable.add(server);
    if (before === reachable) return;
    for (const listener of this.#reachabilityListeners) listener(server);
  }

  /** Ends a cluster with all that runs on it. */
  destroy(server: string): void {
    this.#known.delete(server);
    this.setReachable(server, false);
  }

  /** Hears of every object that a spoke changes by itself. */
  onChange(listener: (object: KubernetesObject) => void): void {
    this.#listeners.add(listener);
  }

  /** Hears of clusters that begin to answer, or cease to. */
  onReachability(listener: (server: string) => void): void {
    this.#reachabilityListeners.add(listener);
  }

  #spoke(server: string): TargetCluster {
    const known = this.#known.get(server);
    if (known) return known;
    const spoke = new SpokeCluster({
      clock: this.#clock,
      podStartMilliseconds: this.#podStartMilliseconds,
    });
    this.#follow(spoke);
    this.#known.set(server, spoke);
    return spoke;
  }

  #follow(cluster: TargetCluster) {
    cluster.onChange?.(object => {
      for (const listener of this.#listeners) listener(object);
    });
  }
}
