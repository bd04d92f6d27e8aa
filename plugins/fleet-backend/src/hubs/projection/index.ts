export * from './application';
export * from './applicationSet';
export * from './appProject';
export * from './clusterSecret';
export * from './argocdCluster';
export * from './claim';
export * from './definition';
