import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { Clock, sleep } from '../clock';
import type { ConnectionTracker } from '../connectionTracker';
import {
  describeProblem,
  HubStatusError,
  notAllowedByArgocd,
} from '../problems';
import { readList } from '../readList';
import type { ReflectorSink } from '../reflector';
import { retryForEver } from '../retry';
import type { StringPool } from '../stringPool';
import type { HubTransport } from '../transport';
import { Watchdog } from '../watchdog';

const INTERVAL_MS = 20_000;

export interface PolledListOptions {
  /** As Argo CD's access control names it, for example `clusters`. */
  resource: string;
  path: string;
  project(object: any): KubernetesObject | undefined;
  /**
   * Argo CD leaves out of a list what the token may not see, and says nothing. Set where a list is never empty for
   * somebody who may see it.
   */
  neverEmpty?: boolean;
  transport: HubTransport;
  sink: Pick<ReflectorSink, 'replace'>;
  tracker: ConnectionTracker;
  strings: StringPool;
  clock: Clock;
  random: () => number;
}

class NothingVisibleError extends HubStatusError {
  constructor() {
    super(403, 'nothing is visible');
  }
}

/** Keeps a copy of one list of Argo CD's API that has no stream, by asking about three times a minute. */
export class PolledList {
  constructor(private readonly options: PolledListOptions) {}

  /** Runs until the signal aborts. Never throws for what a hub does. */
  run(signal: AbortSignal): Promise<void> {
    const { resource } = this.options;
    const describe = (error: unknown) =>
      error instanceof NothingVisibleError
        ? {
            status: 'unauthorized' as const,
            message: notAllowedByArgocd(resource),
          }
        : describeProblem(error, { resource, api: 'argocd' });
    return retryForEver({ ...this.options, describe }, signal, heard =>
      this.poll(signal, heard),
    );
  }

  /** Reads the list, and waits until it should be read again. */
  async poll(signal: AbortSignal, heard: () => void): Promise<void> {
    const { clock, random, tracker } = this.options;
    await this.#read(signal);
    heard();
    tracker.listed();
    await sleep(clock, INTERVAL_MS * (0.8 + random() * 0.4), signal);
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { clock, neverEmpty, path, project, sink, strings, transport } =
      this.options;
    const watchdog = new Watchdog(clock, signal);
    const objects: KubernetesObject[] = [];
    let seen = 0;
    await watchdog.guard(() =>
      readList(
        watchdog,
        () => transport.get(path, watchdog.signal),
        object => {
          seen++;
          const projected = project(object);
          if (projected) objects.push(strings.share(projected));
        },
      ),
    );
    if (neverEmpty && seen === 0) throw new NothingVisibleError();
    sink.replace(objects);
  }
}
