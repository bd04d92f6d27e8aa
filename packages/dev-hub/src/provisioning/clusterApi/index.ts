export * from './ClusterController';
export * from './conversion';
export * from './definitions';
