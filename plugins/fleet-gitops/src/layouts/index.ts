export { appOfAppsLayout } from './appOfApps';
export { clusterGeneratorLayout } from './clusterGenerator';
export { findCluster } from './clusterLabels';
export { listGeneratorLayout } from './listGenerator';
export { serviceRoots } from './fleetServices';
export { detectLayouts, layoutOf } from './layouts';
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
