import type {
  Application,
  ApplicationSet,
} from '@backstage-fleet/plugin-fleet-gitops';
import { admitApplication, admitWithRequiredSpec } from './argocdAdmission';
import { admitSecret, prepareSecret, type Secret } from './secrets';
import { prepareNamespace } from './namespaces';
import type { KubernetesObject, PrinterColumn, Resource } from './types';

const AGE: PrinterColumn = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
  description:
    'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
};

function countOf(field: string): PrinterColumn['value'] {
  return object => Object.keys(object[field] ?? {}).length;
}

function argocd<T extends KubernetesObject>(
  kind: string,
  rest: Pick<
    Resource<T>,
    'shortNames' | 'statusSubresource' | 'columns' | 'admit'
  >,
): Resource<T> {
  const singular = kind.toLocaleLowerCase('en-US');
  return {
    group: 'argoproj.io',
    version: 'v1alpha1',
    plural: `${singular}s`,
    singular,
    kind,
    listKind: `${kind}List`,
    namespaced: true,
    custom: true,
    ...rest,
  };
}

function core<T extends KubernetesObject>(
  kind: string,
  rest: Partial<Resource<T>>,
): Resource<T> {
  const singular = kind.toLocaleLowerCase('en-US');
  return {
    group: '',
    version: 'v1',
    plural: `${singular}s`,
    singular,
    kind,
    listKind: `${kind}List`,
    shortNames: [],
    namespaced: true,
    custom: false,
    statusSubresource: false,
    columns: [AGE],
    ...rest,
  };
}

/**
 * Argo CD Applications. Their status is part of the object: there is no status subresource.
 *
 * Source: Argo CD `manifests/crds/application-crd.yaml`.
 */
export const applications = argocd<Application>('Application', {
  shortNames: ['app', 'apps'],
  statusSubresource: false,
  columns: [
    { name: 'Sync Status', type: 'string', jsonPath: '.status.sync.status' },
    {
      name: 'Health Status',
      type: 'string',
      jsonPath: '.status.health.status',
    },
    {
      name: 'Revision',
      type: 'string',
      jsonPath: '.status.sync.revision',
      priority: 10,
    },
    {
      name: 'Project',
      type: 'string',
      jsonPath: '.spec.project',
      priority: 10,
    },
  ],
  admit: admitApplication,
});

/** Argo CD ApplicationSets. Source: Argo CD `manifests/crds/applicationset-crd.yaml`. */
export const applicationSets = argocd<ApplicationSet>('ApplicationSet', {
  shortNames: ['appset', 'appsets'],
  statusSubresource: true,
  columns: [AGE],
  admit: admitWithRequiredSpec,
});

/** Argo CD AppProjects. Source: Argo CD `manifests/crds/appproject-crd.yaml`. */
export const appProjects = argocd<KubernetesObject>('AppProject', {
  shortNames: ['appproj', 'appprojs'],
  statusSubresource: false,
  columns: [AGE],
  admit: admitWithRequiredSpec,
});

export const secrets = core<Secret>('Secret', {
  selectableFields: ['type'],
  columns: [
    {
      name: 'Type',
      type: 'string',
      jsonPath: '.type',
      description:
        'Used to facilitate programmatic handling of secret data. More info: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types',
    },
    {
      name: 'Data',
      type: 'string',
      jsonPath: '.data',
      value: countOf('data'),
      description:
        "Data contains the secret data. Each key must consist of alphanumeric characters, '-', '_' or '.'. The serialized form of the secret data is a base64 encoded string, representing the arbitrary (possibly non-string) data value here. Described in https://tools.ietf.org/html/rfc4648#section-4",
    },
    AGE,
  ],
  prepare: prepareSecret,
  admit: admitSecret,
});

export const configMaps = core<KubernetesObject>('ConfigMap', {
  shortNames: ['cm'],
  columns: [
    {
      name: 'Data',
      type: 'string',
      jsonPath: '.data',
      value: countOf('data'),
      description: 'Data contains the configuration data.',
    },
    AGE,
  ],
});

export const events = core<KubernetesObject>('Event', {
  shortNames: ['ev'],
  columns: [
    {
      name: 'Last Seen',
      type: 'date',
      jsonPath: '.lastTimestamp',
      description: 'When the event was last seen.',
    },
    {
      name: 'Type',
      type: 'string',
      jsonPath: '.type',
      description: 'Normal or Warning.',
    },
    {
      name: 'Reason',
      type: 'string',
      jsonPath: '.reason',
      description: 'Why it happened.',
    },
    {
      name: 'Object',
      type: 'string',
      jsonPath: '.involvedObject',
      value: ({ involvedObject }) =>
        `${String(involvedObject?.kind).toLocaleLowerCase('en-US')}/${
          involvedObject?.name
        }`,
      description: 'The object that the event is about.',
    },
    {
      name: 'Message',
      type: 'string',
      jsonPath: '.message',
      description: 'What happened.',
    },
  ],
  selectableFields: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
});

export const namespaces = core<KubernetesObject>('Namespace', {
  namespaced: false,
  shortNames: ['ns'],
  columns: [
    {
      name: 'Status',
      type: 'string',
      jsonPath: '.status.phase',
      description: 'The status of the namespace',
    },
    AGE,
  ],
  selectableFields: ['name', 'status.phase'],
  statusSubresource: true,
  prepare: prepareNamespace,
});

/** What makes the API serve more kinds than it was built with. */
export const customResourceDefinitions: Resource = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  singular: 'customresourcedefinition',
  kind: 'CustomResourceDefinition',
  listKind: 'CustomResourceDefinitionList',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  namespaced: false,
  custom: false,
  statusSubresource: true,
  columns: [
    {
      name: 'Created At',
      type: 'date',
      jsonPath: '.metadata.creationTimestamp',
      description: AGE.description,
    },
  ],
};

/** What a hub with Argo CD serves. */
export const allResources: Resource<any>[] = [
  configMaps,
  events,
  namespaces,
  secrets,
  applications,
  applicationSets,
  appProjects,
];
