export interface Config {
  fleet?: {
    /** Kubernetes clusters that run Argo CD. */
    hubs?: Array<{
      /** Name of the hub in addresses and ids: lower case letters, digits and dashes. */
      id: string;
      /** Name of the hub for people. Default: the id. */
      title?: string;
      /**
       * How the hub is read. Default: `kubernetes`, the cluster's own API. `argocd` is the API of Argo CD, with `url` and
       * `token` of it. Modules can add others.
       */
      type?: string;
      /** Address of the hub's API. May be left out where `kubernetesCluster` or `inCluster` gives it. */
      url?: string;
      /**
       * Name of a cluster in `kubernetes.clusterLocatorMethods`, whose address, certificates and token are used for what
       * is not said here.
       */
      kubernetesCluster?: string;
      /**
       * Whether requests to the cluster of `kubernetesCluster` go through the Kubernetes plugin's proxy, which signs in as
       * it does for that cluster. Default: where the hub has no credentials and the plugin's configuration tells none.
       */
      kubernetesProxy?: boolean;
      /** The hub is the cluster that Backstage runs in: use the service account of its pod. */
      inCluster?: boolean;
      /**
       * Bearer token of an account that may list and watch applications, applicationsets and appprojects of
       * argoproj.io, and secrets in Argo CD's namespace.
       * @visibility secret
       */
      token?: string;
      /**
       * File with the bearer token, for example of a mounted service account. Read again once a minute, and when the hub
       * refuses the token.
       */
      tokenFile?: string;
      /** Certificates that sign the hub's certificate: PEM, or base64 of PEM as in a kubeconfig. */
      caData?: string;
      /** File with the certificates that sign the hub's certificate. */
      caFile?: string;
      /** Client certificate: PEM, or base64 of PEM as in a kubeconfig. */
      certData?: string;
      /** File with the client certificate. */
      certFile?: string;
      /**
       * Key of the client certificate: PEM, or base64 of PEM.
       * @visibility secret
       */
      keyData?: string;
      /** File with the key of the client certificate. */
      keyFile?: string;
      /** HTTP proxy between Backstage and the hub, for example `http://proxy.example.com:3128`. */
      proxyUrl?: string;
      /** Accept any certificate. Only for trying things out. */
      skipTLSVerify?: boolean;
      /** Namespace that Argo CD runs in. Default: `argocd`. */
      namespace?: string;
      /** Namespaces of Applications and ApplicationSets; `*` for all. Default: only `namespace`. */
      namespaces?: string[];
      /**
       * Whether to read what clusters are made from (Cluster API, Crossplane, KRO) where the hub has such APIs. Default:
       * true.
       */
      provisioning?: boolean;
      /**
       * Kinds of Crossplane and KRO that are clusters, as `Kind` or `Kind.group`. Default: those with `Cluster` in their
       * name.
       */
      clusterKinds?: string[];
      /** Where people open this hub's Argo CD. */
      argocdUrl?: string;
      /**
       * Name that the GitOps repositories give the hub's own cluster, where every cluster runs an Argo CD of its own and
       * one repository declares what all of them have. Default: the name that a Secret registers it with, else the id of
       * a hub without other clusters.
       */
      cluster?: string;
      /**
       * `timeout.reconciliation` of the hub's Argo CD in seconds, after which a deployment that was not compared is shown
       * as stale; 0 where it is switched off, then none ever is for that. Default: learned from what the hub does.
       */
      reconciliationSeconds?: number;
      /**
       * Whether the ApplicationSet controller runs with `--enable-new-git-file-globbing`
       * (`applicationsetcontroller.enable.new.git.file.globbing` in `argocd-cmd-params-cm`): `*` in the `files` of git
       * generators then stops at "/". Default: false, as in Argo CD.
       */
      newGitFileGlobbing?: boolean;
      /**
       * Let people who have the permissions `fleet.deployment.sync` and `fleet.deployment.refresh` sync and refresh the
       * Applications of this hub. The hub's account needs rights for it, see docs/reading-hubs.md. Default: false, the hub
       * is only read.
       */
      actions?: boolean;
    }>;
    /**
     * Make a hub of each cluster in `kubernetes.clusterLocatorMethods` that no entry of `hubs` names, for fleets where
     * every cluster runs an Argo CD of its own.
     */
    hubsFromKubernetesPlugin?: boolean;
    /** GitOps repositories that say what runs where. */
    repositories?: Array<{
      id: string;
      /** Address of the repository, as Applications name it. Its host is one of `integrations.github`. */
      url: string;
      /** Branch that the hubs follow. Default: `main`. */
      branch?: string;
      /** Ids of the hubs that read it. */
      hubs?: string[];
      /** How it says which service runs where. Default: recognised by its content. */
      layout?: string;
      /** Seconds between two looks at the branch. Default: 15. */
      pollSeconds?: number;
    }>;
    /** Cluster labels that say environment and region; the first that a cluster has counts. */
    labels?: {
      /** Default: `environment`, `env`. */
      environment?: string[];
      /** Default: `region`. */
      region?: string[];
    };
    versions?: {
      /**
       * What people call the version of a deployment. `image-tag`: the tag of its image, else what its chart says of the
       * application. `chart-version`: the version of its Helm chart. `target-revision`: the branch, tag or commit that it
       * follows. Default: `image-tag`.
       */
      rule?: 'image-tag' | 'chart-version' | 'target-revision';
    };
    services?: {
      /**
       * How names of Applications are made, for those that neither a label nor an ApplicationSet gives to a service.
       * `{service}` once, and any of `{cluster}`, `{environment}`, `{region}`; for example `{service}-{cluster}`.
       */
      namePatterns?: string[];
    };
    /**
     * Directories of the GitOps repositories that changes may write to; others are refused. Default: a file outside of the
     * top directories that a repository has is only warned of.
     */
    changeRoots?: string[];
    /** Environments that a change may only touch when it names their clusters. Default: `prod`, `production`. */
    productionEnvironments?: string[];
  };
}
