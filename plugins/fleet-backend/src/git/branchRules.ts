/** A rule that applies to a branch, as `GET /repos/{owner}/{repo}/rules/branches/{branch}` lists it. */
export interface BranchRule {
  type: string;
  ruleset_source?: string;
}

/**
 * The rules that refuse a direct commit by whoever may not bypass them.
 *
 * Source: GitHub docs, "Available rules for rulesets". Rules about force pushes, deletions, linear history and texts
 * of commits do not stand in the way of one more commit.
 */
const REFUSING_RULES: Record<string, string> = {
  pull_request: 'a pull request is required',
  update: 'updates are restricted',
  merge_queue: 'a merge queue is required',
  required_status_checks: 'status checks are required',
  required_deployments: 'deployments are required',
  workflows: 'workflows are required',
  code_scanning: 'code scanning is required',
};

/** Says why the branch refuses direct commits; `undefined` where it does not. */
export function refusalReason(
  rules: BranchRule[],
  branchProtected: boolean,
): string | undefined {
  const reasons = [
    ...new Set(
      rules.map(rule => REFUSING_RULES[rule.type]).filter(reason => reason),
    ),
  ];
  if (reasons.length) return reasons.join(', ');
  return branchProtected && rules.length === 0
    ? 'the branch is protected'
    : undefined;
}
