import type { RecordedRequest } from './recording';

export const ADMIN = { Authorization: 'Bearer <admin-token>' };
const JSON_BODY = { ...ADMIN, 'Content-Type': 'application/json' };
export const APPLICATIONS =
  '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';

/** Where the scenarios put objects. */
export const COLLECTIONS = ['argocd', 'team-a'].flatMap(name => [
  `/apis/argoproj.io/v1alpha1/namespaces/${name}/applications`,
  `/apis/argoproj.io/v1alpha1/namespaces/${name}/applicationsets`,
  `/api/v1/namespaces/${name}/secrets`,
]);

export const SPEC = {
  project: 'default',
  source: {
    repoURL: 'https://git.example.com/x.git',
    path: 'deploy',
    targetRevision: 'main',
  },
  destination: {
    server: 'https://kubernetes.default.svc',
    namespace: 'default',
  },
};

interface Extra {
  namespace?: string;
  labels?: Record<string, string>;
  finalizers?: string[];
}

export function post(path: string, body: unknown): RecordedRequest {
  return { method: 'POST', path, headers: JSON_BODY, body };
}

export function application(name: string, extra: Extra = {}): RecordedRequest {
  const { namespace = 'argocd', ...metadata } = extra;
  return post(
    `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications`,
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name, namespace, ...metadata },
      spec: SPEC,
    },
  );
}

export function secret(name: string, extra: Extra = {}): RecordedRequest {
  const { namespace = 'argocd', ...metadata } = extra;
  return post(`/api/v1/namespaces/${namespace}/secrets`, {
    metadata: { name, ...metadata },
    stringData: { name, server: `https://${name}.example.com` },
  });
}

export function namespaceNamed(
  name: string,
  annotations?: Record<string, string>,
): RecordedRequest {
  return post('/api/v1/namespaces', { metadata: { name, annotations } });
}

/** A JSON merge patch. */
export function patchOf(path: string, body: unknown): RecordedRequest {
  return {
    method: 'PATCH',
    path,
    headers: { ...ADMIN, 'Content-Type': 'application/merge-patch+json' },
    body,
  };
}

export function patch(name: string, body: unknown): RecordedRequest {
  return patchOf(`${APPLICATIONS}/${name}`, body);
}

export function remove(name: string): RecordedRequest {
  return {
    method: 'DELETE',
    path: `${APPLICATIONS}/${name}`,
    headers: ADMIN,
  };
}
