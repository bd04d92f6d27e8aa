export { decidedVersion, decidingLayer, versionLayers } from './layers';
export type { VersionLayer } from './layers';
export { setVersions } from './setVersions';
export type { SetVersionsOptions, VersionScope } from './setVersions';
export { selectDeployments } from './targets';
export type { DeployedApplication, FieldOrigin, Place } from './types';
