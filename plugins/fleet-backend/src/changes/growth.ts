import type {
  Plan,
  PlannedApplication,
} from '@backstage-fleet/plugin-fleet-common';

const MOST_NAMED = 3;

/** By this an Application's part in a plan is recognised in another plan. */
export function applicationKey({
  action,
  namespace,
  name,
  cluster,
}: PlannedApplication): string {
  return `${action} ${namespace}/${name} ${cluster}`;
}

/** What a plan does beyond the Applications that were there when it was asked for; `undefined` where nothing. */
export function growth(
  plan: Plan,
  approved: readonly string[],
): string | undefined {
  const known = new Set(approved);
  const added = plan.applications.filter(
    application => !known.has(applicationKey(application)),
  );
  if (added.length === 0) return undefined;
  const named = added
    .slice(0, MOST_NAMED)
    .map(({ action, name, cluster }) => `${action} ${name} on ${cluster}`);
  const more = added.length - named.length;
  return `Beyond what was asked for: ${named.join(', ')}${
    more > 0 ? ` and ${more} more` : ''
  }`;
}

/** Whether two plans do the same to the same Applications. */
export function sameEffect(one: Plan, other: Plan): boolean {
  const keys = ({ applications }: Plan) =>
    applications.map(applicationKey).sort().join('\n');
  return one.evaluable === other.evaluable && keys(one) === keys(other);
}
