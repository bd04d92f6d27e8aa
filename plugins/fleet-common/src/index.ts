/**
 * Model, status rules, permissions and generated API client of Backstage Fleet.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './clusterNames';
export * from './inCluster';
export * from './intents';
export * from './model/kubernetes';
export * from './permissions';
export * from './schema/openapi';
export * from './signals/signals';
export * from './status';
export * from './versions';
