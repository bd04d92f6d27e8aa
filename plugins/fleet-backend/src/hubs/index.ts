export * from './argocd';
export * from './clock';
export type { HubConnection } from './hubConnection';
export * from './hubManager';
export * from './kubernetesHubSource';
export * from './kubernetesPlugin';
export type { ClusterObject } from './projection';
export { createHubTransport, meteredTransport } from './transport';
export { inParts, processSlices, type TimeSlices } from './timeSlices';
