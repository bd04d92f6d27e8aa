import { Intent, Plan } from '@backstage-fleet/plugin-fleet-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useRef, useState } from 'react';
import { fleetApiRef } from '../../api';
import { useLoaded } from '../../live';

/** How long an intent has to stay as it is before its plan is computed, in milliseconds. */
export const PLAN_DELAY = 400;

/** The plan of an intent that is still being formed. */
export interface Planned {
  /** The last plan that was computed for this intent, or for the one before while `loading`. */
  plan?: Plan;
  error?: unknown;
  /** Whether `plan` is not yet that of the intent. */
  loading: boolean;
  reload: () => void;
}

/**
 * Computes the plan of an intent; again when it changes, after it rested for {@link PLAN_DELAY}. The plan before stays
 * until then, so that a form does not jump while somebody types.
 *
 * @param intent - `undefined` while it is incomplete: there is nothing to compute
 */
export function usePlan(intent: Intent | undefined): Planned {
  const api = useApi(fleetApiRef);
  const key = intent && JSON.stringify(intent);
  const [settled, setSettled] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), PLAN_DELAY);
    return () => clearTimeout(timer);
  }, [key]);
  const { value, error, reload } = useLoaded(settled, () =>
    api.createPlan(JSON.parse(settled!)),
  );
  const before = useRef<Plan>();
  useEffect(() => {
    if (value) {
      before.current = value;
    }
  }, [value]);

  if (key === undefined) {
    return { loading: false, reload };
  }
  if (key !== settled || (!value && error === undefined)) {
    return { plan: before.current, loading: true, reload };
  }
  return { plan: value, error, loading: false, reload };
}
