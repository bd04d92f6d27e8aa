export { clusterGenerators } from './clusterGenerators';
export type { ClusterGenerator } from './clusterGenerators';
export { generatorRows } from './generatorRows';
export type { GeneratorRows } from './generatorRows';
export { evaluateRepository } from './evaluateRepository';
export type {
  EvaluatedApplicationSet,
  EvaluateRepositoryOptions,
  RepositoryEvaluation,
} from './evaluateRepository';
export type { EvaluatedOrigin, OriginKind, OriginStep } from './originTypes';
export { describeOrigin } from './originTypes';
export { templateLine } from './templateLine';
export { indexRepository, withChanges } from './indexRepository';
export type { RepositoryIndex } from './indexRepository';
export {
  applicationSetsOf,
  applicationsOn,
  originsOf,
  readVersion,
  serviceApplications,
  serviceOfApplication,
} from './serviceApplications';
export { isForOneService, serviceOfApplicationSet } from './serviceName';
export type { ArgoObjects } from './argoObjects';
export type { Declared, DeclaredCluster, RepositoryProblem } from './types';
