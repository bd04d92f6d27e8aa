export { ClusterCard } from './ClusterCard';
export { ClusterPage } from './ClusterPage';
