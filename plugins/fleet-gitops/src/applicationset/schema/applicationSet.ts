import { applicationSpec, objectMeta } from './application';
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
 * `ApplicationSet` and its generators. Source: Argo CD 3.6 `pkg/apis/application/v1alpha1/applicationset_types.go`.
 */

export const applicationSetTemplate = struct('ApplicationSetTemplate', {
  metadata: required(
    struct('ApplicationSetTemplateMeta', {
      name: optional(string),
      namespace: optional(string),
      labels: optional(map(string)),
      annotations: optional(map(string)),
      finalizers: optional(list(string)),
    }),
  ),
  spec: required(applicationSpec),
});

const labelSelector = struct('LabelSelector', {
  matchLabels: optional(map(string), { keepEmpty: true }),
  matchExpressions: optional(
    list(
      struct('LabelSelectorRequirement', {
        key: required(string),
        operator: required(string),
        values: optional(list(string)),
      }),
    ),
    { keepEmpty: true },
  ),
});

const template = optional(applicationSetTemplate);
const values = optional(map(string), { generatorValues: true });
const requeueAfterSeconds = pointer(integer);

const listGenerator = struct('ListGenerator', {
  elements: optional(list(json)),
  template,
  elementsYaml: optional(string),
});

const clusterGenerator = struct('ClusterGenerator', {
  selector: optional(labelSelector),
  template,
  values,
  flatList: optional(boolean),
});

const pathItem = struct('GitDirectoryGeneratorItem', {
  path: required(string),
  exclude: optional(boolean),
});

const gitGenerator = struct('GitGenerator', {
  repoURL: required(string),
  directories: optional(list(pathItem)),
  files: optional(list(pathItem)),
  revision: required(string),
  requeueAfterSeconds,
  template,
  pathParamPrefix: optional(string),
  values,
});

const clusterDecisionResource = struct('DuckTypeGenerator', {
  configMapRef: required(string),
  name: optional(string),
  requeueAfterSeconds,
  labelSelector: optional(labelSelector),
  template,
  values,
});

/** Generators that ask a live third party: only their presence matters, so their content stays unread. */
const notEvaluable = {
  scmProvider: pointer(json),
  pullRequest: pointer(json),
  plugin: pointer(json),
  oci: pointer(json),
};

const simpleGenerators = {
  list: pointer(listGenerator),
  clusters: pointer(clusterGenerator),
  git: pointer(gitGenerator),
  clusterDecisionResource: pointer(clusterDecisionResource),
  ...notEvaluable,
};

/** A generator inside a nested matrix or merge: no further combination is possible. */
const terminalGenerator = struct('ApplicationSetTerminalGenerator', {
  ...simpleGenerators,
  selector: pointer(labelSelector),
});

const nestedGenerator = struct('ApplicationSetNestedGenerator', {
  ...simpleGenerators,
  matrix: pointer(json),
  merge: pointer(json),
  selector: pointer(labelSelector),
});

export const nestedMatrixGenerator = struct('NestedMatrixGenerator', {
  generators: optional(list(terminalGenerator)),
});

export const nestedMergeGenerator = struct('NestedMergeGenerator', {
  generators: optional(list(terminalGenerator)),
  mergeKeys: optional(list(string)),
});

export const generator = struct('ApplicationSetGenerator', {
  ...simpleGenerators,
  matrix: pointer(
    struct('MatrixGenerator', {
      generators: optional(list(nestedGenerator)),
      template,
    }),
  ),
  merge: pointer(
    struct('MergeGenerator', {
      generators: optional(list(nestedGenerator)),
      mergeKeys: optional(list(string)),
      template,
    }),
  ),
  selector: pointer(labelSelector),
});

const strategy = struct('ApplicationSetStrategy', {
  type: optional(string),
  rollingSync: pointer(
    struct('ApplicationSetRolloutStrategy', {
      steps: optional(
        list(
          struct('ApplicationSetRolloutStep', {
            matchExpressions: optional(
              list(
                struct('ApplicationMatchExpression', {
                  key: optional(string),
                  operator: optional(string),
                  values: optional(list(string)),
                }),
              ),
            ),
            maxUpdate: pointer(intOrString),
          }),
        ),
      ),
    }),
  ),
  deletionOrder: optional(string),
});

export const applicationSetSpec = struct('ApplicationSetSpec', {
  goTemplate: optional(boolean),
  generators: optional(list(generator)),
  template: required(applicationSetTemplate),
  syncPolicy: pointer(
    struct('ApplicationSetSyncPolicy', {
      preserveResourcesOnDeletion: optional(boolean),
      applicationsSync: pointer(string),
    }),
  ),
  strategy: pointer(strategy),
  preservedFields: pointer(
    struct('ApplicationPreservedFields', {
      annotations: optional(list(string)),
      labels: optional(list(string)),
    }),
  ),
  goTemplateOptions: optional(list(string)),
  applyNestedSelectors: optional(boolean),
  ignoreApplicationDifferences: optional(
    list(
      struct('ApplicationSetResourceIgnoreDifferences', {
        name: optional(string),
        jsonPointers: optional(list(string)),
        jqPathExpressions: optional(list(string)),
      }),
    ),
  ),
  templatePatch: pointer(string),
});

const applicationSetStatus = struct('ApplicationSetStatus', {
  conditions: optional(list(json)),
  applicationStatus: optional(
    list(
      struct('ApplicationSetApplicationStatus', {
        application: required(string),
        lastTransitionTime: pointer(string),
        message: required(string),
        status: required(string),
        step: required(string),
        targetRevisions: optional(list(string)),
      }),
    ),
  ),
});

export const applicationSet = struct('ApplicationSet', {
  metadata: required(objectMeta),
  spec: required(applicationSetSpec),
  status: optional(applicationSetStatus),
});
