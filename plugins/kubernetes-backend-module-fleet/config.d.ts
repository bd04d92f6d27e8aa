export interface Config {
  kubernetes?: {
    /** How the Kubernetes plugin reaches the clusters of the fleet. Clusters that nothing here is for are left out. */
    fleet?: {
      /** How often the fleet is asked for its clusters, for example `{ minutes: 1 }`. Default: every minute. */
      refreshInterval?: import('@backstage/types').HumanDuration | string;

      /** Ways to reach clusters. For each cluster the first that selects it counts. */
      clusters?: Array<{
        /** Which clusters, by hub and labels. Left out, all of them. */
        selector?: {
          /** Ids of hubs. */
          hubs?: string[];
          /** Labels that a cluster must have. */
          matchLabels?: { [label: string]: string };
          /** As in Kubernetes label selectors. */
          matchExpressions?: Array<{
            key: string;
            operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
            values?: string[];
          }>;
        };

        /** The Kubernetes plugin's authentication provider: aws, azure, google, googleServiceAccount, localKubectlProxy, oidc, serviceAccount or an added one. */
        authProvider: string;

        /** For `serviceAccount`: the token that all selected clusters take. */
        /** @visibility secret */
        serviceAccountToken?: string;

        /** For `oidc`: the Backstage authentication provider whose token is sent. */
        oidcTokenProvider?: string;

        /** For providers that read more of a cluster: its auth metadata, as annotations `kubernetes.io/…`. `{cluster}`, `{hub}` and `{labels.<key>}` stand for the cluster's. */
        authMetadata?: { [annotation: string]: string };

        /** Address in place of the registered one, with the same stand-ins. */
        url?: string;

        /** Default: false. */
        skipTLSVerify?: boolean;

        /** Whether no metrics of pods are asked for. Default: false. */
        skipMetricsLookup?: boolean;

        /** Certificate authority, PEM in base64. */
        caData?: string;

        /** File with the certificate authority. */
        caFile?: string;

        /** Address of a dashboard, with the same stand-ins. */
        dashboardUrl?: string;

        /** Which dashboard it is, for example `headlamp`. */
        dashboardApp?: string;
      }>;
    };
  };
}
