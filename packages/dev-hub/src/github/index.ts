export * from './createFaultsHandler';
export * from './createGithubApi';
export * from './createGitHost';
export * from './Faults';
export type { GitHostStateOptions } from './host/GitHost';
export { GitHostState } from './host/GitHost';
export { HostedRepository } from './host/HostedRepository';
export type {
  PullRequestComment,
  PullRequestRecord,
} from './host/pullRequestFile';
export { PullRequestError } from './host/PullRequestError';
export { PullRequests } from './host/PullRequests';
export type {
  BranchProtection,
  GitHostToken,
  GitHostUser,
  RepositoryAccess,
  RepositoryConfig,
} from './host/types';
