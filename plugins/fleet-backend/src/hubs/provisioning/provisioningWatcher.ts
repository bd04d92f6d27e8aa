import type {
  HubConnectionState,
  HubSink,
} from '@backstage-fleet/plugin-fleet-node';
import { isoTime, sleep } from '../clock';
import { ConnectionTracker, HubWakeUp } from '../connectionTracker';
import { describeProblem } from '../problems';
import { Reflector, type ReflectorOptions } from '../reflector';
import { retryForEver } from '../retry';
import { KindScopes, type Scope } from '../scopedSink';
import { Watchdog } from '../watchdog';
import type { WatchedResource } from '../watchedResource';
import { type Discovery, discoverProvisioning } from './discovery';
import type { ClusterKinds, ProvisioningKind } from './provisioningKinds';

/** How soon a kind that somebody defines is seen. */
const INTERVAL_MS = 30_000;
/** A discovery of some small answers. */
const DISCOVERY_MS = 20_000;

export interface ProvisioningWatcherOptions
  extends Omit<
    ReflectorOptions,
    'resource' | 'namespace' | 'sink' | 'tracker'
  > {
  sink: HubSink;
  wakeUp: HubWakeUp;
  clusterKinds: ClusterKinds;
}

/**
 * Watches what clusters are made from, as far as a hub has such APIs: kinds that appear are watched from then on, and
 * the objects of kinds that disappear are forgotten.
 */
export class ProvisioningWatcher {
  readonly #options: ProvisioningWatcherOptions;
  readonly #scopes: Record<ProvisioningKind, KindScopes>;
  /** What discovery itself reads of definitions, by what they are of. */
  readonly #definitions = new Map<string, Scope>();
  readonly #running = new Map<string, { stop(): Promise<void> }>();

  constructor(options: ProvisioningWatcherOptions) {
    this.#options = options;
    this.#scopes = {
      Claim: new KindScopes('Claim', options.sink),
      ClaimPart: new KindScopes('ClaimPart', options.sink),
      Definition: new KindScopes('Definition', options.sink),
    };
  }

  /** Runs until the signal aborts. Never throws for what a hub does. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, random, wakeUp } = this.#options;
    const scope = this.#scopes.Claim.open();
    const tracker = new ConnectionTracker({
      clock,
      wakeUp,
      report: state => {
        scope.state(state);
        for (const part of this.#definitions.values()) part.state(state);
      },
    });
    const describe = (error: unknown) =>
      describeProblem(error, { resource: 'API groups', clusterScoped: true });

    await retryForEver(
      { clock, random, tracker, describe },
      signal,
      async heard => {
        const { resources, definitions, problems } = await this.#discover(
          signal,
        );
        this.#define(definitions);
        this.#follow(resources, signal);
        heard();
        tracker.listed();
        const [problem] = problems;
        if (problem) {
          const { status, message } = problem;
          scope.state({ status, message, since: isoTime(clock.now()) });
        }
        await sleep(clock, INTERVAL_MS * (0.8 + random() * 0.4), signal);
      },
    );
    await Promise.all([...this.#running.values()].map(({ stop }) => stop()));
  }

  #discover(signal: AbortSignal) {
    const { clock, clusterKinds, transport } = this.#options;
    const watchdog = new Watchdog(clock, signal);
    return watchdog.guard(() => {
      watchdog.expect(DISCOVERY_MS);
      return discoverProvisioning(
        path => transport.get(path, watchdog.signal),
        clusterKinds,
      );
    });
  }

  /** A kind of definitions is told of as soon as a hub has some. */
  #define(definitions: Discovery['definitions']) {
    const now = isoTime(this.#options.clock.now());
    const live: HubConnectionState = {
      status: 'live',
      since: now,
      observedAt: now,
    };
    for (const [of, objects] of Object.entries(definitions)) {
      let part = this.#definitions.get(of);
      if (!part && objects.length === 0) continue;
      if (!part) {
        part = this.#scopes.Definition.open();
        this.#definitions.set(of, part);
        part.state(live);
      }
      part.replace(objects);
    }
  }

  #follow(resources: WatchedResource[], signal: AbortSignal) {
    const wanted = new Map(
      resources.map(resource => [
        `${resource.groupPath}/${resource.plural}`,
        resource,
      ]),
    );
    for (const [key, { stop }] of this.#running) {
      if (wanted.has(key)) continue;
      this.#running.delete(key);
      void stop();
    }
    for (const [key, resource] of wanted) {
      if (!this.#running.has(key)) {
        this.#running.set(key, this.#watch(resource, signal));
      }
    }
  }

  #watch(resource: WatchedResource, signal: AbortSignal) {
    const { clock, wakeUp } = this.#options;
    const scope = this.#scopes[resource.kind as ProvisioningKind].open();
    const controller = new AbortController();
    const abort = () => controller.abort();
    signal.addEventListener('abort', abort);
    const reflector = new Reflector({
      ...this.#options,
      resource,
      sink: scope,
      tracker: new ConnectionTracker({
        clock,
        wakeUp,
        report: state => scope.state(state),
      }),
    });
    const running = reflector.run(controller.signal);
    return {
      async stop() {
        signal.removeEventListener('abort', abort);
        abort();
        await running;
        if (!signal.aborted) scope.close();
      },
    };
  }
}
