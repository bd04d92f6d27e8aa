import {
  ChangeState,
  GetChanges,
  IntentKind,
} from '@backstage-fleet/plugin-fleet-common';
import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { CHANGE_STATES } from '../ChangePage';
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
  const [parameters, setParameters] = useSearchParams();
  const filter: ChangeFilter = {
    text: parameters.get(NAMES.text) ?? '',
    service: parameters.get(NAMES.service) ?? undefined,
    cluster: parameters.get(NAMES.cluster) ?? undefined,
    kinds: known(parameters.getAll(NAMES.kinds), KINDS),
    states: known(parameters.getAll(NAMES.states), CHANGE_STATES),
    mine: parameters.get(NAMES.mine) === 'true',
  };
  // Two changes may come before the address has moved, or from a timer that remembers an older one: each goes on from the last.
  const latest = useRef(parameters);
  useEffect(() => {
    latest.current = parameters;
  }, [parameters]);
  const change = (part: Partial<ChangeFilter>) => {
    const next = new URLSearchParams(latest.current);
    for (const [field, value] of Object.entries(part)) {
      const name = NAMES[field as keyof ChangeFilter];
      next.delete(name);
      for (const each of [value].flat()) {
        if (each) {
          next.append(name, String(each));
        }
      }
    }
    latest.current = next;
    setParameters(next, { replace: true });
  };
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
