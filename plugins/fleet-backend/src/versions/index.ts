export * from './followedRepositories';
export * from './versionResolver';
