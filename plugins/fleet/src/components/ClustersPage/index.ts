export { ClustersPage } from './ClustersPage';
export { ClustersRouter } from './ClustersRouter';
