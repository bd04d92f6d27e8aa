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
};

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
  prepare: prepareSecret,
  admit: admitSecret,
});

export const configMaps = core<KubernetesObject>('ConfigMap', {
  shortNames: ['cm'],
});

export const events = core<KubernetesObject>('Event', {
  shortNames: ['ev'],
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
  selectableFields: ['name', 'status.phase'],
  statusSubresource: true,
  prepare: prepareNamespace,
});

/** Everything that the embedded hub serves. */
export const allResources: Resource<any>[] = [
  configMaps,
  events,
  namespaces,
  secrets,
  applications,
  applicationSets,
  appProjects,
];
