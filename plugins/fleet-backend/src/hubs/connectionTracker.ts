import type { HubConnectionState } from '@backstage-fleet/plugin-fleet-node';
import { Clock, isoTime } from './clock';
import { HubProblem } from './problems';

/** How often a busy watch says that it is alive. */
const OBSERVED_STEP_MS = 1_000;

/**
 * Wakes every reflector of a hub that waits, when one of them reached it again.
 */
export class HubWakeUp {
  #controller = new AbortController();

  /** Aborts at the next wake-up. */
  get next(): AbortSignal {
    return this.#controller.signal;
  }

  wake() {
    const controller = this.#controller;
    this.#controller = new AbortController();
    controller.abort();
  }
}

/**
 * Turns what happens to one reflector into a {@link HubConnectionState}.
 */
export class ConnectionTracker {
  readonly #clock: Clock;
  readonly #report: (state: HubConnectionState) => void;
  readonly #wakeUp: HubWakeUp;
  #state: HubConnectionState;
  #observedAt = 0;

  constructor(options: {
    clock: Clock;
    wakeUp: HubWakeUp;
    report: (state: HubConnectionState) => void;
  }) {
    this.#clock = options.clock;
    this.#wakeUp = options.wakeUp;
    this.#report = options.report;
    this.#state = {
      status: 'connecting',
      since: isoTime(this.#clock.now()),
      message: 'Nothing received from the hub yet.',
    };
    this.#report(this.#state);
  }

  /** A list is complete. */
  listed() {
    this.#live();
  }

  /** A watch was opened, after some that broke before they said anything. */
  watching(brokenWatches: number) {
    // A hub that accepts and drops us again and again is not live until it says something.
    if (brokenWatches <= 1) this.#live();
  }

  /** An event, a bookmark or the orderly end of a watch. */
  heard() {
    if (
      this.#state.status === 'live' &&
      this.#clock.now() - this.#observedAt < OBSERVED_STEP_MS
    ) {
      return;
    }
    this.#live();
  }

  /**
   * Something went wrong.
   *
   * @returns a signal that aborts when another reflector of the hub got through
   */
  failed(problem: HubProblem, failures: number): AbortSignal {
    // A break of a live watch is mostly repaired within a second; if it cannot be, the next failure says so.
    const mayPass =
      problem.transient && failures === 1 && this.#state.status === 'live';
    if (!mayPass) this.#move(problem.status, problem.message);
    return this.#wakeUp.next;
  }

  #live() {
    const recovered =
      this.#state.status === 'unreachable' || this.#state.status === 'stale';
    this.#observedAt = this.#clock.now();
    this.#move('live', undefined);
    if (recovered) this.#wakeUp.wake();
  }

  #move(status: HubConnectionState['status'], message: string | undefined) {
    const now = isoTime(this.#clock.now());
    this.#state = {
      status,
      since: status === this.#state.status ? this.#state.since : now,
      observedAt: this.#observedAt ? isoTime(this.#observedAt) : undefined,
      message,
    };
    this.#report(this.#state);
  }
}
