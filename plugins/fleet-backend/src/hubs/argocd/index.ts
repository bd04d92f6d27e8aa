export * from './argocdHubSource';
