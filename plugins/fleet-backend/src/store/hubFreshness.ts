import type {
  HubFreshness,
  HubKind,
  HubStatus,
} from '@backstage-fleet/plugin-fleet-common';
import type {
  HubConnectionState,
  HubObjectKind,
} from '@backstage-fleet/plugin-fleet-node';
import { parseTime } from './time';

/** Kinds that a hub is watched for, in the order that pages list them. */
export const HUB_KINDS: HubObjectKind[] = [
  'Application',
  'ApplicationSet',
  'AppProject',
  'Cluster',
];

/** Kinds that not every hub, and not every source, has. */
const OPTIONAL_KINDS: HubObjectKind[] = ['Claim', 'ClaimPart', 'Definition'];

/** Every kind that a hub may have. */
export const ALL_KINDS = [...HUB_KINDS, ...OPTIONAL_KINDS];

/** Without these two nothing can be said of a hub; the others only take something away. */
const ESSENTIAL: HubObjectKind[] = ['Application', 'Cluster'];

const WORST_FIRST: HubStatus[] = [
  'unreachable',
  'unauthorized',
  'stale',
  'connecting',
  'live',
];

/** What is known of the connections to one hub. */
export class HubConnections {
  readonly #states = new Map<HubObjectKind, HubConnectionState>();
  #status: HubStatus = 'connecting';
  #since: string;

  constructor(now: string) {
    this.#since = now;
  }

  /**
   * A source that begins says `connecting`: where something was known before, that and its time are still what is known.
   *
   * @returns whether anything but the time of the last observation is new
   */
  set(kind: HubObjectKind, next: HubConnectionState): boolean {
    const before = this.#states.get(kind);
    if (next.status === 'connecting' && before) return false;
    const state = {
      ...next,
      observedAt: next.observedAt ?? before?.observedAt,
    };
    this.#states.set(kind, state);
    const { status } = this.#worst();
    if (status !== this.#status) {
      this.#status = status;
      this.#since = state.since;
    }
    return before?.status !== state.status || before?.message !== state.message;
  }

  get status(): HubStatus {
    return this.#status;
  }

  kindStatus(kind: HubObjectKind): HubStatus {
    return this.#states.get(kind)?.status ?? 'connecting';
  }

  freshness(hub: { id: string; title: string }): HubFreshness {
    const observed = [...this.#states.values()]
      .map(state => state.observedAt ?? '')
      .sort()
      .pop();
    return {
      id: hub.id,
      title: hub.title,
      status: this.#status,
      observedAt: parseTime(observed),
      since: parseTime(this.#since),
      message: this.#status === 'live' ? undefined : this.#worst().message,
    };
  }

  kinds(count: (kind: HubObjectKind) => number): HubKind[] {
    const kinds = [
      ...HUB_KINDS,
      ...OPTIONAL_KINDS.filter(kind => this.#states.has(kind)),
    ];
    return kinds.map(kind => ({
      kind,
      status: this.kindStatus(kind),
      objects: count(kind),
      message: this.#states.get(kind)?.message,
    }));
  }

  #worst(): { status: HubStatus; message?: string } {
    const states = ESSENTIAL.map(
      kind =>
        this.#states.get(kind) ?? {
          status: 'connecting' as const,
          message: undefined,
        },
    );
    for (const status of WORST_FIRST) {
      const found = states.find(state => state.status === status);
      if (found) return found;
    }
    return { status: 'connecting' };
  }
}
