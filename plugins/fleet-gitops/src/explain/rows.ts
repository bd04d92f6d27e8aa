import type { ClusterRecord } from '../model/fleetSnapshot';

type Row = Record<string, any>;

/** All texts in a row of parameters, however deep. */
function texts(value: unknown, into: Set<string>): Set<string> {
  if (typeof value === 'string') into.add(value);
  else if (Array.isArray(value)) value.forEach(item => texts(item, into));
  else if (value && typeof value === 'object')
    Object.values(value).forEach(item => texts(item, into));
  return into;
}

/** The cluster that a row names by its name or server, among these. */
export function clusterOfRow(
  row: Row,
  clusters: readonly ClusterRecord[],
): ClusterRecord | undefined {
  const own = texts(row, new Set());
  return clusters.find(
    ({ name, server }) => own.has(name) || (server !== '' && own.has(server)),
  );
}

/** Whether a row names a service. */
export function namesService(row: Row, service: string): boolean {
  return texts(row, new Set()).has(service);
}

/** A few names for a sentence: `a`, `b` and 3 more. */
export function someOf(names: readonly string[]): string {
  const unique = [...new Set(names)].sort();
  const shown = unique
    .slice(0, 3)
    .map(name => `\`${name}\``)
    .join(', ');
  return unique.length > 3 ? `${shown} and ${unique.length - 3} more` : shown;
}
