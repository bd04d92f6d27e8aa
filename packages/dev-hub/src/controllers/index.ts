export * from './applicationController';
export * from './applicationSetController';
export * from './destinations';
export * from './workQueue';
