import type {
  Guard,
  GuardOverride,
  Plan,
} from '@backstage-fleet/plugin-fleet-common';

/** A guard stopped the change. The answer carries the plan, so that one sees what was prevented. */
export class GuardStopError extends Error {
  readonly name = 'GuardStopError';
  readonly statusCode = 409;
  readonly plan: Plan;

  constructor(plan: Plan, stops: Guard[]) {
    super(
      `Stopped: ${stops
        .map(guard => `${guard.message.replace(/\.$/, '')} (guard ${guard.id})`)
        .join('; ')}. Nothing was written.`,
    );
    this.plan = plan;
  }
}

/** The guards that stop a plan and that nobody overrode. An override without a reason does not count. */
export function stoppingGuards(
  plan: Plan,
  overrides: GuardOverride[] = [],
): Guard[] {
  const overridden = new Set(
    overrides.filter(item => item.reason.trim()).map(item => item.guard),
  );
  return plan.guards.filter(
    guard => guard.level === 'stop' && !overridden.has(guard.id),
  );
}

/** Throws where a guard stops the plan. */
export function checkGuards(plan: Plan, overrides?: GuardOverride[]): void {
  const stops = stoppingGuards(plan, overrides);
  if (stops.length) throw new GuardStopError(plan, stops);
}
