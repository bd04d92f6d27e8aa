export { systemClock, timestamp, type Clock } from './clock';
export { ObjectStore, type ObjectStoreOptions } from './ObjectStore';
export * from './resources';
export type { Secret } from './secrets';
export { parseLabelSelector, type LabelPredicate } from './labelSelector';
export { mergePatch } from './patches';
export * from './status';
export * from './types';
export type { WatchListener } from './watchers';
