export { destinationCluster, homeCluster } from './destinationCluster';
export { readApplicationVersion, sourcesOf } from './version';
export type { ApplicationVersion } from './version';
