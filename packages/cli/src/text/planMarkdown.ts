import type { Plan } from '@backstage-fleet/plugin-fleet-common';
import { byCluster, fieldLines } from './planText';

/** A comment of GitHub or GitLab ends somewhere; what stops the change must not be cut off. */
const MAX_ROWS = 200;
const MAX_CELL = 300;

/** A plan as a comment of a pull request. */
export function planAsMarkdown(plan: Plan): string {
  const rows = [...byCluster(plan)].flatMap(([cluster, applications]) =>
    applications.map(application => {
      const { action, name, version } = application;
      const details = [
        ...(version && action !== 'change' ? [`version ${version}`] : []),
        ...fieldLines(application),
      ].join('; ');
      return `| ${[cluster, name, action, details].map(cell).join(' | ')} |`;
    }),
  );
  const hidden = rows.length - MAX_ROWS;
  const stops = plan.guards.filter(({ level }) => level === 'stop');
  const warnings = plan.guards.filter(({ level }) => level !== 'stop');
  return [
    `### Fleet plan: ${plan.summary}`,
    ...guardList('Stopped', stops),
    ...guardList('Warnings', warnings),
    ...(plan.notEvaluable === undefined
      ? []
      : [
          '**Not evaluable**',
          plan.notEvaluable
            .split('\n')
            .map(line => `- ${line}`)
            .join('\n'),
        ]),
    ...(rows.length > 0
      ? [
          [
            '| Cluster | Application | Action | Details |',
            '| --- | --- | --- | --- |',
            ...rows.slice(0, MAX_ROWS),
          ].join('\n'),
        ]
      : []),
    ...(hidden > 0 ? [`${hidden} more Applications are not shown.`] : []),
    ...(plan.edits.length > 0
      ? [`Files: ${plan.edits.map(({ path }) => `\`${path}\``).join(', ')}`]
      : []),
  ]
    .map(block => `${block}\n`)
    .join('\n');
}

function guardList(title: string, guards: Plan['guards']): string[] {
  return guards.length === 0
    ? []
    : [
        [
          `**${title}**`,
          '',
          ...guards.map(({ id, message }) => `- \`${id}\`: ${message}`),
        ].join('\n'),
      ];
}

/** Text inside of a table: no line breaks, no markup of its own. */
function cell(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const short = line.length > MAX_CELL ? `${line.slice(0, MAX_CELL)}…` : line;
  return short.replace(/[\\`*_~<>|[\]]/g, '\\$&');
}
