import { HumanDuration } from '@backstage/types';

export interface Config {
  kubernetes?: {
    /** How the Kubernetes plugin reaches the clusters of the fleet. Without it none of them are added. */
    fleet?: {
      /** For how long a list of clusters is good. Default: one minute. */
      refreshInterval?: HumanDuration | string;

      /**
       * Ways to reach clusters; for each cluster the first that selects it counts, and one that none selects is left out.
       * `{cluster}`, `{hub}` and `{labels.<key>}` in a text stand for the cluster's.
       */
      clusters?: Array<{
        /** Label selector as `kubectl` takes it, for example `environment=prod,tier in (a, b)`. Default: every cluster. */
        selector?: string;

        /** Only clusters of this hub. */
        hub?: string;

        /** Authentication provider of the Kubernetes plugin: aws, azure, google, googleServiceAccount, oidc, serviceAccount or an added one. */
        authProvider: string;

        /**
         * For `serviceAccount`: a token that all selected clusters are sent.
         * @visibility secret
         */
        serviceAccountToken?: string;

        /** For `aws`: the role to assume. */
        assumeRole?: string;

        /** For `aws`: the external id for that role. */
        externalId?: string;

        /** For `oidc`: the authentication provider of Backstage whose token is sent. */
        oidcTokenProvider?: string;

        /** What else the authentication provider reads of a cluster, for example `kubernetes.io/x-k8s-aws-id`. */
        authMetadata?: { [key: string]: string };

        /** Address of the API server. Default: the registered one; for the hub itself that of the hub. */
        url?: string;

        /** Default: false. */
        skipTLSVerify?: boolean;

        /** Whether pods' metrics are not asked for. Default: false. */
        skipMetricsLookup?: boolean;

        /** Certificate authority, PEM in base64. */
        caData?: string;

        /** File with the certificate authority. */
        caFile?: string;

        /** Address of a dashboard. */
        dashboardUrl?: string;

        /** Which dashboard that is: standard, rancher, openshift, gke, aks, eks, headlamp or an added one. */
        dashboardApp?: string;
      }>;
    };
  };
}
