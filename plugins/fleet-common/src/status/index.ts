export * from './application';
export * from './applicationVersions';
export * from './states';
