import type { Plan } from '@backstage-fleet/plugin-fleet-common';

type PlannedApplication = Plan['applications'][number];

/** A plan for a terminal: per cluster what happens to which Application, then what stops it. */
export function planAsText(plan: Plan): string {
  const lines = [`${capitalized(plan.summary)}.`];
  for (const [cluster, applications] of byCluster(plan)) {
    lines.push('', cluster);
    for (const application of applications) {
      const { action, name, version } = application;
      lines.push(`  ${action} ${name}${version ? ` (${version})` : ''}`);
      lines.push(...fieldLines(application).map(line => `    ${line}`));
    }
  }
  if (plan.notEvaluable !== undefined)
    lines.push('', 'Not evaluable:', ...plan.notEvaluable.split('\n'));
  if (plan.guards.length > 0) lines.push('');
  for (const { id, level, message } of plan.guards)
    lines.push(
      `${level === 'stop' ? 'Stopped' : 'Warning'} (${id}): ${message}`,
    );
  return `${lines.join('\n')}\n`;
}

/** The Applications of a plan by the name of their cluster. */
export function byCluster(plan: Plan): Map<string, PlannedApplication[]> {
  const clusters = new Map<string, PlannedApplication[]>();
  for (const application of plan.applications) {
    const known = clusters.get(application.cluster);
    if (known) known.push(application);
    else clusters.set(application.cluster, [application]);
  }
  return new Map(
    [...clusters].sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** Fields that change; of an Application that is new or goes, none. */
export function fieldLines({ action, fields }: PlannedApplication): string[] {
  if (action !== 'change') return [];
  return fields.map(
    ({ path, before, after }) =>
      `${path}: ${before ?? 'none'} → ${after ?? 'none'}`,
  );
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
