/**
 * The embedded hub: a Kubernetes API with Argo CD's controllers, spokes and a Git host in one process.
 *
 * @packageDocumentation
 */
export * from './hub';
export { ReplayClock, systemClock, type Clock } from './clock';
export {
  createFaultsHandler as createGitFaultsHandler,
  createGitHost,
  Faults as GitFaults,
  type GitHost,
  type GitHostOptions,
} from './github';
export {
  adminRules,
  createFaultsHandler,
  createKubernetesApi,
  createPlainAndTlsServer,
  FaultPlan,
  readerRules,
} from './kubernetes';
export {
  applications,
  applicationSets,
  appProjects,
  namespaces,
  ObjectStore,
  secrets,
} from './objects';
export {
  createGeneratedHub,
  GeneratedFleet,
  type FleetSize,
  type GeneratedHub,
} from './generator';
