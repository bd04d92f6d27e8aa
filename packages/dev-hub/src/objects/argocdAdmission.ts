import type { AdmissionResult, KubernetesObject, StatusCause } from './types';
import { checkShape, type Shape } from './shape';

/** The fields of an Application's source that the CustomResourceDefinition gives a type. */
const SOURCE: Shape = {
  type: 'object',
  required: ['repoURL'],
  fields: {
    repoURL: { type: 'string' },
    path: { type: 'string' },
    targetRevision: { type: 'string' },
    chart: { type: 'string' },
    ref: { type: 'string' },
    helm: {
      type: 'object',
      fields: {
        valueFiles: { type: 'array', items: { type: 'string' } },
        values: { type: 'string' },
        releaseName: { type: 'string' },
        ignoreMissingValueFiles: { type: 'boolean' },
      },
    },
  },
};

/** Source: Argo CD `manifests/crds/application-crd.yaml`; fields without a rule here are taken as they come. */
const APPLICATION: Shape = {
  type: 'object',
  required: ['metadata', 'spec'],
  fields: {
    spec: {
      type: 'object',
      required: ['destination', 'project'],
      fields: {
        project: { type: 'string' },
        source: SOURCE,
        sources: { type: 'array', items: SOURCE },
        destination: {
          type: 'object',
          fields: {
            name: { type: 'string' },
            namespace: { type: 'string' },
            server: { type: 'string' },
          },
        },
        revisionHistoryLimit: { type: 'integer' },
        ignoreDifferences: { type: 'array', items: { type: 'object' } },
        syncPolicy: {
          type: 'object',
          fields: {
            automated: {
              type: 'object',
              fields: {
                allowEmpty: { type: 'boolean' },
                enabled: { type: 'boolean' },
                prune: { type: 'boolean' },
                selfHeal: { type: 'boolean' },
              },
            },
            syncOptions: { type: 'array', items: { type: 'string' } },
            retry: {
              type: 'object',
              fields: {
                limit: { type: 'integer' },
                backoff: {
                  type: 'object',
                  fields: {
                    duration: { type: 'string' },
                    factor: { type: 'integer' },
                    maxDuration: { type: 'string' },
                  },
                },
              },
            },
          },
        },
      },
    },
    operation: { type: 'object' },
    status: { type: 'object' },
  },
};

const REQUIRED_SPEC: Shape = {
  type: 'object',
  required: ['metadata', 'spec'],
  fields: { spec: { type: 'object' } },
};

function finalizerWarnings(object: KubernetesObject): string[] {
  return (object.metadata.finalizers ?? [])
    .filter(finalizer => !finalizer.includes('/') && !finalizer.includes('.'))
    .map(
      finalizer =>
        `metadata.finalizers: "${finalizer}": prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers`,
    );
}

function admit(shape: Shape, object: KubernetesObject): AdmissionResult {
  const causes: StatusCause[] = checkShape(shape, object);
  return { causes, warnings: finalizerWarnings(object) };
}

export function admitApplication(object: KubernetesObject): AdmissionResult {
  return admit(APPLICATION, object);
}

export function admitWithRequiredSpec(
  object: KubernetesObject,
): AdmissionResult {
  return admit(REQUIRED_SPEC, object);
}
