import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { HubConnectionState } from '@backstage-fleet/plugin-fleet-node';
import { ConnectionTracker, HubWakeUp } from '../connectionTracker';
import { Reflector } from '../reflector';
import type { HubTransport } from '../transport';
import { APPLICATIONS } from '../watchedResource';
import type { VirtualClock } from './virtualClock';

/** A reflector of Applications that runs, with what it has delivered so far. */
export interface ReflectorRun {
  /** By name. */
  readonly copy: Map<string, KubernetesObject>;
  /** How many whole lists were delivered. */
  readonly lists: number;
  readonly state: HubConnectionState;
  /** What the connection was said to be, without repetitions. */
  readonly statuses: Array<HubConnectionState['status']>;
  readonly isLive: boolean;
  /** Ends it, and waits for the end. */
  stop(): Promise<void>;
}

/** Runs a reflector of Applications against a hub, on a test's clock. */
export function runReflector(options: {
  transport: HubTransport;
  clock: VirtualClock;
  random: () => number;
  namespace?: string;
}): ReflectorRun {
  const { clock } = options;
  const controller = new AbortController();
  const copy = new Map<string, KubernetesObject>();
  const statuses: ReflectorRun['statuses'] = [];
  let state: HubConnectionState;
  let lists = 0;
  const put = (object: KubernetesObject) =>
    copy.set(object.metadata.name, object);
  const tracker = new ConnectionTracker({
    clock,
    wakeUp: new HubWakeUp(),
    report: next => {
      state = next;
      if (statuses[statuses.length - 1] !== next.status) {
        statuses.push(next.status);
      }
    },
  });
  const running = new Reflector({
    ...options,
    resource: APPLICATIONS,
    tracker,
    sink: {
      merge: objects => objects.forEach(put),
      replace: objects => {
        lists++;
        copy.clear();
        objects.forEach(put);
      },
      upsert: put,
      remove: object => copy.delete(object.metadata.name),
    },
  }).run(controller.signal);
  return {
    copy,
    statuses,
    get lists() {
      return lists;
    },
    get state() {
      return state;
    },
    get isLive() {
      return state.status === 'live';
    },
    async stop() {
      controller.abort();
      await clock.advance(0);
      await running;
    },
  };
}
