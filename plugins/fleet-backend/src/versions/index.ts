export * from './followedRepositories';
export * from './versionResolver';
export type { RepositoryFollower } from './repositoryFollower';
