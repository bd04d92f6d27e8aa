export * from './followedRepositories';
export * from './versionResolver';
export type { BranchHead, RepositoryFollower } from './repositoryFollower';
