export * from './followedRepositories';
export * from './versionResolver';
export { parseVersionRule, type VersionRule } from './versionRule';
export type { BranchHead, RepositoryFollower } from './repositoryFollower';
