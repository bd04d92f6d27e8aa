import type { Plan } from '@backstage-fleet/plugin-fleet-common';
import { CHANGE_TRAILER } from '../git';

/** What a commit and a pull request say besides the change itself. */
export interface Attribution {
  changeId: string;
  /** Entity ref. */
  requester?: string;
  reason?: string;
}

const LONGEST_REASON = 1000;
/** GitHub refuses bodies above 65,536 characters. */
const MOST_ROWS = 200;
/** Rules can be long. */
const MOST_RULES = 10;

/** The line by which a commit is found again. */
export function changeTrailer(changeId: string): string {
  return `${CHANGE_TRAILER}: ${changeId}`;
}

/**
 * The commit's message: what the intent says, the reason, and as trailers who asked and in which change.
 *
 * The author stays who GitHub says, so that commits of an app are verified.
 */
export function commitMessage(
  message: string,
  { changeId, requester, reason }: Attribution,
): string {
  const trailers = [
    ...(requester ? [`Requested-by: ${oneLine(requester)}`] : []),
    changeTrailer(changeId),
  ];
  return [
    message.trim(),
    ...(reason ? [oneLine(reason)] : []),
    trailers.join('\n'),
  ].join('\n\n');
}

/** The pull request's text: reason, requester, the plan as a table, the files, and the change's id in a comment. */
export function pullRequestBody(
  plan: Plan,
  { changeId, requester, reason }: Attribution,
): string {
  const rows = plan.applications.slice(0, MOST_ROWS).map(application => {
    const fields = application.fields
      .map(({ path, before, after }) =>
        [path, before ?? '', after === undefined ? '' : `→ ${after}`]
          .filter(Boolean)
          .join(' '),
      )
      .join(', ');
    return `| ${application.action} | ${code(application.name)} | ${code(
      application.cluster,
    )} | ${application.version ? code(application.version) : ''} | ${cell(
      fields,
    )} |`;
  });
  const more = plan.applications.length - rows.length;
  const warnings = plan.guards.map(guard => `- ${cell(guard.message)}`);
  const notChecked = uncheckedLines(plan);

  return [
    ...(reason ? [`> ${cell(reason)}`] : []),
    ...(requester ? [`Requested by ${code(requester)}.`] : []),
    '### Plan',
    plan.evaluable
      ? `${cell(plan.summary)}.`
      : `The effect cannot be computed: ${cell(plan.notEvaluable ?? '')}`,
    ...(rows.length
      ? [
          [
            '| | Application | Cluster | Version | Fields |',
            '|---|---|---|---|---|',
            ...rows,
          ].join('\n'),
        ]
      : []),
    ...(more > 0 ? [`… and ${more} more Applications.`] : []),
    ...(warnings.length ? ['### Warnings', warnings.join('\n')] : []),
    ...(notChecked.length
      ? ['### Rules that were not checked', notChecked.join('\n')]
      : []),
    '### Files',
    plan.edits.map(edit => `- ${edit.action} ${code(edit.path)}`).join('\n'),
    `<!-- fleet-change: ${changeId} -->`,
  ].join('\n\n');
}

function uncheckedLines({ notChecked = [] }: Plan): string[] {
  const lines = notChecked
    .slice(0, MOST_RULES)
    .map(
      ({ file, field, rule, reason }) =>
        `- ${code(file)}${field ? ` ${code(field)}` : ''}: ${code(
          rule,
        )} (${cell(reason)})`,
    );
  const more = notChecked.length - lines.length;
  return more > 0 ? [...lines, `… and ${more} more.`] : lines;
}

function oneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_REASON);
}

/** Text that cannot end a table's cell, start a comment or be markup. */
function cell(text: string): string {
  return oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/([\\`*_[\]|])/g, '\\$1');
}

function code(text: string): string {
  return `\`${oneLine(text).replace(/[`|]/g, '')}\``;
}
