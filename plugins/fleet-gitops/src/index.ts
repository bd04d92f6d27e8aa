/**
 * Pure GitOps engine: what Argo CD would do, computed from Git, and edits that touch nothing else.
 *
 * @packageDocumentation
 */
export * from './applicationset';
export * from './claims';
export * from './fasttemplate';
export * from './glob';
export * from './model/argocd';
export * from './model/fleetSnapshot';
export * from './model/repository';
export * from './plan';
export * from './repository';
export * from './sources';
export * from './gotemplate';
export * from './intents';
export * from './layouts';
export * from './yaml';
export * from './explain';
export * from './helm';
export * from './conformance';
