import type { KubernetesObject } from '../../../model/kubernetes';
import type { ProvisioningState } from '../types';

export const SINCE = '2026-10-01T08:00:00Z';
export const condition = (
  type: string,
  status: 'True' | 'False' | 'Unknown',
  rest: object = {},
) => ({ type, status, lastTransitionTime: SINCE, ...rest });

export const cluster = (
  version: string,
  status: object | undefined,
  rest: { metadata?: object; spec?: object } = {},
): KubernetesObject => ({
  apiVersion: `cluster.x-k8s.io/${version}`,
  kind: 'Cluster',
  metadata: { name: 'spoke', namespace: 'clusters', ...rest.metadata },
  spec: { topology: {}, ...rest.spec },
  ...(status ? { status } : {}),
});

export type Case = [
  string,
  KubernetesObject,
  ProvisioningState,
  { reason?: string; sentence: string; since?: string; progress?: object },
];
