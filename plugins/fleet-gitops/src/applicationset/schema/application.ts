import {
  boolean,
  integer,
  intOrString,
  json,
  list,
  map,
  optional,
  pointer,
  required,
  string,
  struct,
} from './goType';

/*
 * `Application` and everything in it. Source: Argo CD 3.6 `pkg/apis/application/v1alpha1/types.go`.
 */

const env = optional(
  list(struct('EnvEntry', { name: required(string), value: required(string) })),
);

const helm = struct('ApplicationSourceHelm', {
  valueFiles: optional(list(string)),
  parameters: optional(
    list(
      struct('HelmParameter', {
        name: optional(string),
        value: optional(string),
        forceString: optional(boolean),
      }),
    ),
  ),
  releaseName: optional(string),
  values: optional(string, { patchStrategy: 'replace' }),
  fileParameters: optional(
    list(
      struct('HelmFileParameter', {
        name: optional(string),
        path: optional(string),
      }),
    ),
  ),
  version: optional(string),
  passCredentials: optional(boolean),
  ignoreMissingValueFiles: optional(boolean),
  skipCrds: optional(boolean),
  valuesObject: pointer(json),
  namespace: optional(string),
  kubeVersion: optional(string),
  apiVersions: optional(list(string)),
  skipTests: optional(boolean),
  skipSchemaValidation: optional(boolean),
});

const kustomizePatch = struct('KustomizePatch', {
  path: optional(string),
  patch: optional(string),
  target: pointer(
    struct('KustomizeSelector', {
      group: optional(string),
      version: optional(string),
      kind: optional(string),
      name: optional(string),
      namespace: optional(string),
      annotationSelector: optional(string),
      labelSelector: optional(string),
    }),
  ),
  options: optional(map(boolean)),
});

const kustomize = struct('ApplicationSourceKustomize', {
  namePrefix: optional(string),
  nameSuffix: optional(string),
  images: optional(list(string)),
  commonLabels: optional(map(string)),
  version: optional(string),
  commonAnnotations: optional(map(string)),
  forceCommonLabels: optional(boolean),
  forceCommonAnnotations: optional(boolean),
  namespace: optional(string),
  commonAnnotationsEnvsubst: optional(boolean),
  replicas: optional(
    list(
      struct('KustomizeReplica', {
        name: required(string),
        count: required(intOrString),
      }),
    ),
  ),
  patches: optional(list(kustomizePatch)),
  components: optional(list(string)),
  ignoreMissingComponents: optional(boolean),
  labelWithoutSelector: optional(boolean),
  kubeVersion: optional(string),
  apiVersions: optional(list(string)),
  labelIncludeTemplates: optional(boolean),
});

const jsonnetVars = optional(
  list(
    struct('JsonnetVar', {
      name: required(string),
      value: required(string),
      code: optional(boolean),
    }),
  ),
);

const directory = struct('ApplicationSourceDirectory', {
  recurse: optional(boolean),
  jsonnet: optional(
    struct('ApplicationSourceJsonnet', {
      extVars: jsonnetVars,
      tlas: jsonnetVars,
      libs: optional(list(string)),
    }),
    { omitZero: true },
  ),
  exclude: optional(string),
  include: optional(string),
  disableExtensionFilter: optional(boolean),
});

const plugin = struct('ApplicationSourcePlugin', {
  name: optional(string),
  env,
  parameters: optional(
    list(
      struct('ApplicationSourcePluginParameter', {
        name: required(string),
        string: pointer(string),
        map: pointer(map(string)),
        array: pointer(list(string)),
      }),
    ),
  ),
});

const tools = {
  helm: pointer(helm),
  kustomize: pointer(kustomize),
  directory: pointer(directory),
  plugin: pointer(plugin),
};

export const applicationSource = struct('ApplicationSource', {
  repoURL: required(string),
  path: optional(string),
  targetRevision: optional(string),
  ...tools,
  chart: optional(string),
  ref: optional(string),
  name: optional(string),
  tagPrefix: optional(string),
});

const info = list(
  struct('Info', { name: required(string), value: required(string) }),
);

const retry = struct('RetryStrategy', {
  limit: optional(integer),
  backoff: pointer(
    struct('Backoff', {
      duration: optional(string),
      factor: pointer(integer),
      maxDuration: optional(string),
    }),
  ),
  refresh: optional(boolean),
});

const syncPolicy = struct('SyncPolicy', {
  automated: pointer(
    struct('SyncPolicyAutomated', {
      prune: pointer(boolean),
      selfHeal: pointer(boolean),
      allowEmpty: pointer(boolean),
      enabled: pointer(boolean),
    }),
  ),
  syncOptions: optional(list(string)),
  retry: pointer(retry),
  managedNamespaceMetadata: pointer(
    struct('ManagedNamespaceMetadata', {
      labels: optional(map(string)),
      annotations: optional(map(string)),
    }),
  ),
});

const resourceIgnoreDifferences = struct('ResourceIgnoreDifferences', {
  group: optional(string),
  kind: required(string),
  name: optional(string),
  namespace: optional(string),
  jsonPointers: optional(list(string)),
  jqPathExpressions: optional(list(string)),
  managedFieldsManagers: optional(list(string)),
});

const sourceHydrator = struct('SourceHydrator', {
  drySource: required(
    struct('DrySource', {
      repoURL: required(string),
      targetRevision: required(string),
      path: required(string),
      ...tools,
    }),
  ),
  syncSource: required(
    struct('SyncSource', {
      targetBranch: required(string),
      path: required(string),
      repoURL: optional(string),
    }),
  ),
  hydrateTo: pointer(struct('HydrateTo', { targetBranch: required(string) })),
});

export const applicationSpec = struct('ApplicationSpec', {
  source: pointer(applicationSource),
  destination: required(
    struct('ApplicationDestination', {
      server: optional(string),
      namespace: optional(string),
      name: optional(string),
    }),
  ),
  project: required(string),
  syncPolicy: pointer(syncPolicy),
  ignoreDifferences: optional(list(resourceIgnoreDifferences)),
  info: optional(info),
  revisionHistoryLimit: pointer(integer),
  sources: optional(list(applicationSource)),
  sourceHydrator: pointer(sourceHydrator),
});

const operation = struct('Operation', {
  sync: pointer(
    struct('SyncOperation', {
      revision: optional(string),
      prune: optional(boolean),
      dryRun: optional(boolean),
      syncStrategy: pointer(
        struct('SyncStrategy', {
          apply: pointer(
            struct('SyncStrategyApply', { force: optional(boolean) }),
          ),
          hook: pointer(
            struct('SyncStrategyHook', { force: optional(boolean) }),
          ),
        }),
      ),
      resources: optional(
        list(
          struct('SyncOperationResource', {
            group: optional(string),
            kind: required(string),
            name: required(string),
            namespace: optional(string),
          }),
        ),
      ),
      source: pointer(applicationSource),
      manifests: optional(list(string)),
      syncOptions: optional(list(string)),
      sources: optional(list(applicationSource)),
      revisions: optional(list(string)),
      autoHealAttemptsCount: optional(integer),
    }),
  ),
  initiatedBy: optional(
    struct('OperationInitiator', {
      username: optional(string),
      automated: optional(boolean),
    }),
  ),
  info: optional(info),
  retry: optional(retry),
});

const ownerReference = struct('OwnerReference', {
  apiVersion: required(string),
  kind: required(string),
  name: required(string),
  uid: required(string),
  controller: pointer(boolean),
  blockOwnerDeletion: pointer(boolean),
});

/** Source: `k8s.io/apimachinery/pkg/apis/meta/v1` `ObjectMeta`, the fields that matter here. */
export const objectMeta = struct('ObjectMeta', {
  name: optional(string),
  generateName: optional(string),
  namespace: optional(string),
  uid: optional(string),
  resourceVersion: optional(string),
  generation: optional(integer),
  creationTimestamp: pointer(string),
  deletionTimestamp: pointer(string),
  deletionGracePeriodSeconds: pointer(integer),
  labels: optional(map(string)),
  annotations: optional(map(string)),
  ownerReferences: optional(list(ownerReference), { patchStrategy: 'merge' }),
  finalizers: optional(list(string), { patchStrategy: 'merge' }),
});

export const application = struct('Application', {
  apiVersion: optional(string),
  kind: optional(string),
  metadata: required(objectMeta),
  spec: required(applicationSpec),
  status: pointer(json),
  operation: pointer(operation),
});
