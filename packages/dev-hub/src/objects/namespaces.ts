import type { KubernetesObject } from './types';

/** Gives a Namespace what the API server gives it: the name as a label, the finalizer in its spec, and its phase. */
export function prepareNamespace(object: KubernetesObject): KubernetesObject {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      labels: {
        ...object.metadata.labels,
        'kubernetes.io/metadata.name': object.metadata.name,
      },
    },
    spec: { finalizers: ['kubernetes'], ...object.spec },
    status: { phase: 'Active', ...object.status },
  };
}
