import { fleetApiRef } from '@backstage-fleet/plugin-fleet';
import { Intent, Plan } from '@backstage-fleet/plugin-fleet-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useState } from 'react';

/** How long a form rests before its plan is asked for, in milliseconds. */
const REST = 300;

/** The plan of what a form asks for. The last one stays while the next is on its way. */
export interface PreviewedPlan {
  plan?: Plan;
  error?: unknown;
  /** Whether `plan` or `error` belongs to the form as it is now. */
  current: boolean;
  /** Asks once more for the same. */
  again: () => void;
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
  const [asked, setAsked] = useState(0);
  const again = useCallback(() => setAsked(count => count + 1), []);
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
  }, [api, wanted, asked]);
  if (wanted === undefined) return { current: false, again };
  return {
    plan: answer.plan,
    error: answer.error,
    current: answer.to === wanted,
    again,
  };
}
