import type {
  Plan,
  PlannedApplication,
} from '@backstage-fleet/plugin-fleet-common';

const VERBS: Array<[PlannedApplication['action'], string]> = [
  ['create', 'creates'],
  ['change', 'changes'],
  ['delete', 'deletes'],
];

/**
 * What a plan does, as a sentence for people: "Creates `shop-eu` on `eu` and deletes 3 Applications on 2 clusters."
 *
 * @public
 */
export function planSentence(
  plan: Pick<Plan, 'applications' | 'evaluable' | 'unchanged'>,
): string {
  if (plan.unchanged) return 'Git already says this, so nothing is written.';
  const parts = VERBS.flatMap(([action, verb]) => {
    const applications = plan.applications.filter(
      application => application.action === action,
    );
    return applications.length > 0 ? `${verb} ${objects(applications)}` : [];
  });
  const known =
    parts.length > 0
      ? `${capitalized(enumeration(parts))}.`
      : 'No Application changes.';
  return plan.evaluable
    ? known
    : `${known} There may be more: a part cannot be computed from Git.`;
}

/** The Applications and where they are: by name for one, else counted. */
function objects(applications: PlannedApplication[]): string {
  const clusters = [...new Set(applications.map(({ cluster }) => cluster))];
  const what =
    applications.length === 1
      ? `\`${applications[0].name}\``
      : `${applications.length} Applications`;
  const where =
    clusters.length === 1
      ? `\`${clusters[0] || 'no cluster'}\``
      : `${clusters.length} clusters`;
  return `${what} on ${where}${versionChange(applications)}`;
}

/** The versions, where all Applications go from the same one to the same one. */
function versionChange(applications: PlannedApplication[]): string {
  const changes = new Set(
    applications.map(({ fields }) => {
      const version = fields.find(({ path }) => path === 'version');
      return version?.before && version.after
        ? ` from ${version.before} to ${version.after}`
        : '';
    }),
  );
  return changes.size === 1 ? [...changes][0] : '';
}

function enumeration(parts: string[]): string {
  return parts.length < 2
    ? parts.join('')
    : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
