import type {
  HubConnectionState,
  HubSink,
} from '@backstage-fleet/plugin-fleet-node';
import { sleep } from '../clock';
import { ConnectionTracker, HubWakeUp } from '../connectionTracker';
import { describeProblem } from '../problems';
import {
  Reflector,
  type ReflectorOptions,
  type ReflectorSink,
} from '../reflector';
import { retryForEver } from '../retry';
import { KindScopes, type Scope } from '../scopedSink';
import { Watchdog } from '../watchdog';
import type { WatchedResource } from '../watchedResource';
import { DefinitionCopies } from './definingKinds';
import { discoverProvisioning } from './discovery';
import type { ClusterKinds, ProvisioningKind } from './provisioningKinds';

/** How often a hub is asked which APIs it serves. */
const INTERVAL_MS = 30_000;
/** A kind is served some seconds after it was defined: how soon it is looked for again, then after twice as long. */
const SOON_MS = 1_000;
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
 *
 * @remarks
 * What defines kinds (XRDs of Crossplane, ResourceGraphDefinitions of KRO) is watched like everything else, so that a kind
 * is looked for as soon as it is defined. Which APIs there are can only be asked for.
 */
export class ProvisioningWatcher {
  readonly #options: ProvisioningWatcherOptions;
  readonly #scopes: Record<ProvisioningKind, KindScopes>;
  readonly #definitions: DefinitionCopies;
  /** Wakes when other kinds are defined than before. */
  readonly #redefined = new HubWakeUp();
  #wait = SOON_MS;
  readonly #running = new Map<string, { stop(): Promise<void> }>();

  constructor(options: ProvisioningWatcherOptions) {
    this.#options = options;
    this.#scopes = {
      Claim: new KindScopes('Claim', options.sink),
      ClaimPart: new KindScopes('ClaimPart', options.sink),
      Definition: new KindScopes('Definition', options.sink),
    };
    this.#definitions = new DefinitionCopies(options.clusterKinds, () => {
      this.#wait = SOON_MS;
      this.#redefined.wake();
    });
  }

  /** Runs until the signal aborts. Never throws for what a hub does. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, random, wakeUp } = this.#options;
    const scope = this.#scopes.Claim.open();
    const tracker = new ConnectionTracker({
      clock,
      wakeUp,
      report: state => scope.state(state),
    });
    const describe = (error: unknown) =>
      describeProblem(error, { resource: 'API groups', clusterScoped: true });

    await retryForEver(
      { clock, random, tracker, describe },
      signal,
      async heard => {
        const redefined = this.#redefined.next;
        const { resources, defining, incomplete } = await this.#discover(
          signal,
        );
        this.#follow(defining, resources, signal);
        heard();
        tracker.listed();
        const wait = incomplete ? this.#wait : INTERVAL_MS;
        this.#wait = Math.min(this.#wait * 2, INTERVAL_MS);
        await sleep(clock, wait * (0.8 + random() * 0.4), signal, redefined);
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
        this.#definitions,
      );
    });
  }

  #follow(
    defining: WatchedResource[],
    resources: WatchedResource[],
    signal: AbortSignal,
  ) {
    const wanted = new Map(
      [...defining, ...resources].map(resource => [keyOf(resource), resource]),
    );
    for (const [key, { stop }] of this.#running) {
      if (wanted.has(key)) continue;
      this.#running.delete(key);
      void stop();
    }
    for (const [key, resource] of wanted) {
      if (this.#running.has(key)) continue;
      const run = defining.includes(resource)
        ? this.#watchDefinitions(resource, signal)
        : this.#watch(resource, signal);
      this.#running.set(key, run);
    }
  }

  /** Where definitions cannot be read, it is not known which claims there are. */
  #watchDefinitions(resource: WatchedResource, signal: AbortSignal) {
    const key = keyOf(resource);
    const claims = this.#scopes.Claim.open();
    const { stop } = this.#watch(resource, signal, {
      sink: scope => this.#definitions.sink(key, scope),
      report: state => claims.state(state),
    });
    return {
      stop: async () => {
        this.#definitions.forget(key);
        await stop();
        if (!signal.aborted) claims.close();
      },
    };
  }

  #watch(
    resource: WatchedResource,
    signal: AbortSignal,
    also?: {
      sink: (scope: Scope) => ReflectorSink;
      report: (state: HubConnectionState) => void;
    },
  ) {
    const { clock, wakeUp } = this.#options;
    const scope = this.#scopes[resource.kind as ProvisioningKind].open();
    const controller = new AbortController();
    const abort = () => controller.abort();
    signal.addEventListener('abort', abort);
    const reflector = new Reflector({
      ...this.#options,
      resource,
      sink: also?.sink(scope) ?? scope,
      tracker: new ConnectionTracker({
        clock,
        wakeUp,
        report: state => {
          scope.state(state);
          also?.report(state);
        },
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

function keyOf({ groupPath, plural }: WatchedResource): string {
  return `${groupPath}/${plural}`;
}
