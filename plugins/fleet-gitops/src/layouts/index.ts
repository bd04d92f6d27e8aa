export { appOfAppsLayout } from './appOfApps';
export { clusterGeneratorLayout } from './clusterGenerator';
export { findCluster } from './clusterLabels';
export { serviceRoots } from './fleetServices';
export { detectLayouts, layoutOf } from './layouts';
export type {
  Layout,
  LayoutDeployment,
  LayoutDetection,
  LayoutEdit,
  LayoutService,
  OnboardRequest,
  VersionRequest,
} from './types';
