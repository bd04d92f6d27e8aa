import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';

/** The proxy of the Kubernetes plugin's backend, which knows how to sign in to its clusters. */
export interface KubernetesPlugin {
  /** Where the API of a cluster begins, and the headers that say which one, and who we are. */
  address(
    cluster: string,
    clusterToken?: string,
  ): Promise<{ url: string; headers: Record<string, string> }>;
}

/**
 * Asks the Kubernetes plugin's backend, as the service that Fleet's backend is.
 *
 * Source: `KubernetesProxy` of `@backstage/plugin-kubernetes-backend` 0.21: the cluster is chosen by the header
 * `Backstage-Kubernetes-Cluster`, its credentials come from the cluster's authentication strategy, or from the header
 * `Backstage-Kubernetes-Authorization` where it is there.
 */
export function createKubernetesPlugin({
  auth,
  discovery,
}: {
  auth: AuthService;
  discovery: DiscoveryService;
}): KubernetesPlugin {
  return {
    async address(cluster, clusterToken) {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await auth.getOwnServiceCredentials(),
        targetPluginId: 'kubernetes',
      });
      return {
        url: `${await discovery.getBaseUrl('kubernetes')}/proxy`,
        headers: {
          authorization: `Bearer ${token}`,
          'backstage-kubernetes-cluster': cluster,
          ...(clusterToken && {
            'backstage-kubernetes-authorization': `Bearer ${clusterToken}`,
          }),
        },
      };
    },
  };
}
