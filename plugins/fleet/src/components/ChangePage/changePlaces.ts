import { Change, Cluster, Plan } from '@backstage-fleet/plugin-fleet-common';

/** All plans of a change: its own, and those of its stages. */
export function plansOf(change: Change): Plan[] {
  const ofStages = change.stages?.flatMap(stage => stage.plan ?? []) ?? [];
  return [change.plan, ...ofStages];
}

/** Names of the clusters that a change is about or touches, in alphabetical order. */
export function clustersOfChange(change: Change): string[] {
  const { cluster, clusters } = change.intent.parameters;
  const named = [cluster, ...(Array.isArray(clusters) ? clusters : [])]
    .filter((each): each is string => typeof each === 'string' && each !== '')
    // May be the id, `hub/name`.
    .map(each => each.slice(each.indexOf('/') + 1));
  const touched = plansOf(change).flatMap(plan =>
    plan.applications.map(application => application.cluster),
  );
  return [...new Set([...named, ...touched])].sort((a, b) =>
    a.localeCompare(b),
  );
}

/** Ids of clusters by their names; a name that several hubs have is left out. */
export function idsByName(clusters: Cluster[]): Map<string, string> {
  const ids = new Map<string, string>();
  const twice = new Set<string>();
  for (const { id, name } of clusters) {
    if (ids.has(name)) {
      twice.add(name);
    }
    ids.set(name, id);
  }
  twice.forEach(name => ids.delete(name));
  return ids;
}
