export * from './errors';
export * from './manifests';
export * from './repositories';
