export * from './application';
export * from './applicationVersions';
export * from './provisioning';
export * from './states';
