import { GithubError } from './GithubError';
import type { RepositoryContext } from './operation';

/**
 * Refuses a direct commit to a protected branch, in GitHub's words. Classic protection and rulesets answer differently,
 * and the contents and merge endpoints with another status than the ref endpoints.
 */
export function assertMayCommit(
  context: RepositoryContext,
  branch: string,
  status: 403 | 409 | 422 = 422,
): void {
  const protection = context.repository.protectionFor(
    branch,
    context.viewer.account.login,
  );
  if (!protection) {
    return;
  }
  throw new GithubError(
    status,
    protection.kind === 'ruleset'
      ? 'Repository rule violations found\n\nChanges must be made through a pull request.\n\n'
      : `Protected branch update failed for refs/heads/${branch}. Changes must be made through a pull request.`,
  );
}
