export { appOfAppsLayout } from './appOfApps';
export { clusterGeneratorLayout } from './clusterGenerator';
export { findCluster } from './clusterLabels';
export { layeredValuesLayout } from './layeredValues';
export { gitGeneratorLayout } from './gitGenerator';
export { matrixMergeLayout } from './matrixMerge';
export { listGeneratorLayout } from './listGenerator';
export { serviceRoots } from './fleetServices';
export { detectLayouts, layoutOf, layoutOfService } from './layouts';
export { selectDeployments } from './versions';
export type {
  Layout,
  LayoutContext,
  LayoutDeployment,
  LayoutDetection,
  LayoutEdit,
  LayoutService,
  OnboardRequest,
  VersionRequest,
} from './types';
