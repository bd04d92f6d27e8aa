/**
 * Name and address by which every Argo CD calls the cluster that it runs on itself. Source: Argo CD `common/common.go`.
 *
 * @public
 */
export const IN_CLUSTER_NAME = 'in-cluster';

/** @public */
export const IN_CLUSTER_SERVER = 'https://kubernetes.default.svc';
