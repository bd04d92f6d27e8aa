import type {
  Plan,
  PlannedApplication,
} from '@backstage-fleet/plugin-fleet-common';

const SIGNS: Record<PlannedApplication['action'], string> = {
  create: '+',
  change: '~',
  delete: '-',
};

/** A plan as lines of a task log: one for each Application, for example `+ payments-eu on spoke-eu`. */
export function planLines(plan: Plan): string[] {
  if (plan.unchanged) return ['Nothing changes: Git already says this.'];
  const applications = plan.applications.map(
    ({ action, name, cluster, fields }) =>
      `${SIGNS[action]} ${name} on ${cluster}${
        fields.length && action === 'change'
          ? ` (${fields.map(field => field.path).join(', ')})`
          : ''
      }`,
  );
  return [
    plan.evaluable
      ? `Plan: ${plan.summary}`
      : `Plan: the effect cannot be computed: ${plan.notEvaluable}`,
    ...applications,
    ...plan.edits.map(edit => `  ${edit.action} ${edit.path}`),
    ...plan.guards.map(guard =>
      guard.level === 'stop'
        ? `Stop: ${guard.message}`
        : `Warning: ${guard.message}`,
    ),
    ...(plan.stages ?? []).map(
      ({ title, clusters }, index) =>
        `Stage ${index + 1}: ${title}${
          clusters.length ? ` (${clusters.join(', ')})` : ''
        }`,
    ),
    ...(plan.notChecked ?? []).map(
      ({ file, field, rule, reason }) =>
        `Not checked: ${file}: ${field ? `${field}: ` : ''}${rule} (${reason})`,
    ),
  ];
}
