import { fleetApiRef } from '@backstage-fleet/plugin-fleet';
import { Intent, Plan } from '@backstage-fleet/plugin-fleet-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';

/** How long a form rests before its plan is asked for, in milliseconds. */
const REST = 300;

/** The plan of what a form asks for. The last one stays while the next is on its way. */
export interface PreviewedPlan {
  plan?: Plan;
  error?: unknown;
  /** Whether `plan` or `error` belongs to the form as it is now. */
  current: boolean;
}

/**
 * Asks for the plan of an intent when it has rested for a moment. Answers to what was asked before are dropped.
 *
 * @param intent - `undefined` asks for nothing
 */
export function usePlan(intent: Intent | undefined): PreviewedPlan {
  const api = useApi(fleetApiRef);
  const wanted = intent && JSON.stringify(intent);
  const [answer, setAnswer] = useState<{
    to?: string;
    plan?: Plan;
    error?: unknown;
  }>({});
  useEffect(() => {
    if (wanted === undefined) return undefined;
    let dropped = false;
    const timer = setTimeout(() => {
      api.createPlan(JSON.parse(wanted)).then(
        plan => dropped || setAnswer({ to: wanted, plan }),
        error => dropped || setAnswer({ to: wanted, error }),
      );
    }, REST);
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [api, wanted]);
  if (wanted === undefined) return { current: false };
  return {
    plan: answer.plan,
    error: answer.error,
    current: answer.to === wanted,
  };
}
