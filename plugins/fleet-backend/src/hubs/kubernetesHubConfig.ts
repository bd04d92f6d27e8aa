import type { Config } from '@backstage/config';
import type { Clock } from './clock';
import type { ClusterKinds } from './provisioning/provisioningKinds';
import { type HubConnection, readHubConnection } from './hubConnection';

/** A hub that is read by its Kubernetes API. */
export interface KubernetesHubConfig {
  connection: HubConnection;
  /** Where Argo CD runs: its cluster Secrets and AppProjects are there. */
  argocdNamespace: string;
  /** Where Applications and ApplicationSets are; one entry `undefined` means everywhere. */
  applicationNamespaces: Array<string | undefined>;
  /** Which provisioning objects are read; none where absent. */
  provisioning?: { clusterKinds: ClusterKinds };
}

/** Reads an entry of `fleet.hubs` whose type is `kubernetes`. */
export function readKubernetesHubConfig(
  hubId: string,
  config: Config,
  clock: Clock,
): KubernetesHubConfig {
  const namespace = config.getOptionalString('namespace') ?? 'argocd';
  const namespaces = config.getOptionalStringArray('namespaces') ?? [namespace];
  return {
    connection: readHubConnection(hubId, config, clock),
    argocdNamespace: namespace,
    applicationNamespaces: namespaces.includes('*')
      ? [undefined]
      : [...new Set(namespaces)],
    provisioning:
      config.getOptionalBoolean('provisioning') === false
        ? undefined
        : { clusterKinds: config.getOptionalStringArray('clusterKinds') },
  };
}
