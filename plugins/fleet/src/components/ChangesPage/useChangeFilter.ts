import {
  ChangeState,
  GetChanges,
  IntentKind,
} from '@backstage-fleet/plugin-fleet-common';
import { CHANGE_STATES } from '../ChangePage';
import { useAddress } from '../common/useAddress';
import { KINDS } from './kinds';

/** What narrows the list of changes. It lives in the address, so that a view can be sent to somebody. */
export interface ChangeFilter {
  text: string;
  service?: string;
  /** Name of a cluster, or its id where the page came from one. */
  cluster?: string;
  kinds: IntentKind[];
  states: ChangeState[];
  /** Only what the signed-in person asked for. */
  mine: boolean;
}

/** Nothing left out. */
export const NO_CHANGE_FILTER: ChangeFilter = {
  text: '',
  service: undefined,
  cluster: undefined,
  kinds: [],
  states: [],
  mine: false,
};

const NAMES: Record<keyof ChangeFilter, string> = {
  text: 'q',
  service: 'service',
  cluster: 'cluster',
  kinds: 'kind',
  states: 'state',
  mine: 'mine',
};

/** The filter in the address, and a way to change it. */
export function useChangeFilter(): [
  ChangeFilter,
  (change: Partial<ChangeFilter>) => void,
] {
  const [parameters, setParameters] = useAddress();
  const filter: ChangeFilter = {
    text: parameters.get(NAMES.text) ?? '',
    service: parameters.get(NAMES.service) ?? undefined,
    cluster: parameters.get(NAMES.cluster) ?? undefined,
    kinds: known(parameters.getAll(NAMES.kinds), KINDS),
    states: known(parameters.getAll(NAMES.states), CHANGE_STATES),
    mine: parameters.get(NAMES.mine) === 'true',
  };
  const change = (part: Partial<ChangeFilter>) =>
    setParameters(before => {
      const next = new URLSearchParams(before);
      for (const [field, value] of Object.entries(part)) {
        const name = NAMES[field as keyof ChangeFilter];
        next.delete(name);
        for (const each of [value].flat()) {
          if (each) {
            next.append(name, String(each));
          }
        }
      }
      return next;
    });
  return [filter, change];
}

/** Whether anything is left out. */
export function isNarrowed(filter: ChangeFilter): boolean {
  return Object.values(filter).some(value =>
    Array.isArray(value) ? value.length > 0 : Boolean(value),
  );
}

/**
 * The question to the backend, which does the filtering.
 *
 * @param me - entity ref of the signed-in person; without it nothing is asked for while only theirs are wanted
 */
export function queryOf(
  filter: ChangeFilter,
  me: string | undefined,
): GetChanges['query'] | undefined {
  const { text, service, cluster, kinds, states, mine } = filter;
  if (mine && !me) {
    return undefined;
  }
  return {
    ...(text.trim() && { text: text.trim() }),
    ...(service && { service }),
    ...(cluster && { cluster }),
    ...(kinds.length > 0 && { kind: kinds.join(',') }),
    ...(states.length > 0 && { state: states.join(',') }),
    ...(mine && { requester: me }),
  };
}

function known<T extends string>(values: string[], allowed: readonly T[]): T[] {
  return allowed.filter(value => values.includes(value));
}
