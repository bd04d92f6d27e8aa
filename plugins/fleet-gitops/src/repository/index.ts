export { clusterGenerators } from './clusterGenerators';
export type { ClusterGenerator } from './clusterGenerators';
export { evaluateRepository } from './evaluateRepository';
export type {
  EvaluatedApplicationSet,
  EvaluateRepositoryOptions,
  RepositoryEvaluation,
} from './evaluateRepository';
export { indexRepository, withChanges } from './indexRepository';
export type { RepositoryIndex, RepositoryProblem } from './indexRepository';
export {
  applicationSetsOf,
  applicationsOn,
  readVersion,
} from './serviceApplications';
export { serviceOfApplicationSet } from './serviceName';
export type { Declared, DeclaredCluster } from './types';
