import type { BranchProtection } from '../host/types';
import { notFound } from '../http/GithubError';
import type { RequestBody } from '../http/input';
import {
  ok,
  type RepositoryContext,
  type RepositoryOperation,
} from '../http/operation';
import { encodePath } from '../resources/Links';

const HEADS = 'refs/heads/';

export async function requireBranch(context: RepositoryContext, name: string) {
  const ref = await context.git.readRef(HEADS + name).catch(() => undefined);
  if (!ref) {
    throw notFound('Branch not found');
  }
  return ref;
}

/** The classic protection of a branch. Rulesets do not show here, as on GitHub. */
export function classicProtection(
  context: RepositoryContext,
  branch: string,
): BranchProtection | undefined {
  const protection = context.repository.protectedBranches.get(branch);
  return protection?.kind === 'protection' ? protection : undefined;
}

export const protectionUrl = (context: RepositoryContext, branch: string) =>
  `${context.urls.api}/branches/${encodePath(branch)}/protection`;

/** GitHub's `branch-protection` and `protected-branch`. */
export function protectionBody(
  context: RepositoryContext,
  branch: string,
  protection: BranchProtection,
) {
  const url = protectionUrl(context, branch);
  const checks = protection.requiredChecks ?? [];
  return {
    url,
    ...(protection.requiresPullRequest === false
      ? {}
      : {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: false,
            require_code_owner_reviews: false,
            required_approving_review_count: protection.requiredApprovals ?? 0,
            require_last_push_approval: false,
          },
        }),
    ...(checks.length > 0
      ? {
          required_status_checks: {
            url: `${url}/required_status_checks`,
            strict: false,
            contexts: checks,
            contexts_url: `${url}/required_status_checks/contexts`,
            checks: checks.map(check => ({ context: check, app_id: null })),
          },
        }
      : {}),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: true },
    required_linear_history: { enabled: false },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
  };
}

/** What of a request for protection is obeyed: whether changes come by pull requests, with reviews and checks. */
function readProtection(body: RequestBody): BranchProtection {
  const reviews = body.optionalObject('required_pull_request_reviews');
  const checks = body.optionalObject('required_status_checks');
  return {
    kind: 'protection',
    requiresPullRequest: reviews !== undefined,
    requiredApprovals: reviews?.optionalInteger(
      'required_approving_review_count',
    ),
    requiredChecks: checks?.optionalArray('contexts')?.map(String),
  };
}

export const branchProtectionOperations: RepositoryOperation[] = [
  {
    method: 'get',
    path: '/branches/:branch/protection',
    access: 'read',
    documentation: 'branches/branch-protection#get-branch-protection',
    async handle(context) {
      const branch = context.parameter('branch');
      await requireBranch(context, branch);
      const protection = classicProtection(context, branch);
      if (!protection) throw notFound('Branch not protected');
      return ok(protectionBody(context, branch, protection));
    },
  },
  {
    method: 'put',
    path: '/branches/:branch/protection',
    access: 'admin',
    documentation: 'branches/branch-protection#update-branch-protection',
    async handle(context) {
      const branch = context.parameter('branch');
      await requireBranch(context, branch);
      const protection = readProtection(context.body);
      context.repository.protectedBranches.set(branch, protection);
      return ok(protectionBody(context, branch, protection));
    },
  },
];
