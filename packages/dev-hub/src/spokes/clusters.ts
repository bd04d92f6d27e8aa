import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { Clock } from '../clock';
import { SpokeCluster } from './spokeCluster';
import type { TargetCluster } from './types';

/** The clusters that Applications go to, by address; a spoke comes to be when it is first asked for. */
export class Clusters {
  readonly #known: Map<string, TargetCluster>;
  readonly #listeners = new Set<(object: KubernetesObject) => void>();
  readonly #clock: Clock;
  readonly #podStartMilliseconds?: () => number;

  constructor(options: {
    clock: Clock;
    /** Clusters that are there from the beginning, by address. */
    known: Record<string, TargetCluster>;
    podStartMilliseconds?: () => number;
  }) {
    this.#clock = options.clock;
    this.#known = new Map(Object.entries(options.known));
    this.#podStartMilliseconds = options.podStartMilliseconds;
  }

  open(server: string): TargetCluster {
    const known = this.#known.get(server);
    if (known) return known;
    const spoke = new SpokeCluster({
      clock: this.#clock,
      podStartMilliseconds: this.#podStartMilliseconds,
    });
    spoke.onChange(object => {
      for (const listener of this.#listeners) listener(object);
    });
    this.#known.set(server, spoke);
    return spoke;
  }

  /** Hears of every object that a spoke changes by itself. */
  onChange(listener: (object: KubernetesObject) => void): void {
    this.#listeners.add(listener);
  }
}
