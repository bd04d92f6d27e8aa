export { clusterGeneratorLayout } from './clusterGenerator';
export { findCluster } from './clusterLabels';
export { serviceRoots } from './fleetServices';
export { detectLayouts, layoutOf } from './layouts';
export { indexRepository, withChanges } from './repositoryIndex';
export type { RepositoryIndex, RepositoryProblem } from './repositoryIndex';
export { clusterGenerators } from './selectors';
export type { ClusterGenerator } from './selectors';
export { serviceOfApplicationSet } from './serviceName';
export type {
  Declared,
  Layout,
  LayoutCluster,
  LayoutDetection,
  LayoutEdit,
  LayoutService,
  OnboardRequest,
} from './types';
