export * from './DeploymentButtons';
export * from './SyncDialog';
