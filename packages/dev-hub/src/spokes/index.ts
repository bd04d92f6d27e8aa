export * from './clusters';
export * from './health';
export * from './hubCluster';
export * from './resourceKey';
export * from './scheduling';
export * from './spokeCluster';
export * from './types';
