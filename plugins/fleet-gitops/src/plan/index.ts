export { destinationCluster } from './diffApplications';
export { evaluateRepository } from './evaluateRepository';
export type {
  EvaluatedApplicationSet,
  RepositoryEvaluation,
} from './evaluateRepository';
export { fileEdits } from './fileEdits';
export type { PlanGuardOptions } from './guards';
export { planChanges } from './planChanges';
export type { PlanOptions } from './planChanges';
export {
  applicationSetsOf,
  applicationsOn,
  readVersion,
} from './serviceApplications';
export * from './types';
export { readApplicationVersion, sourcesOf } from './version';
export type { ApplicationVersion } from './version';
