import type { RepositorySnapshot } from '../../../model/repository';
import { listDeployments, setVersion } from '../../applicationSets/versions';

export const URL = 'https://git.example.com/shop/fleet';

export const cluster = (
  name: string,
  environment: string,
  further = '',
) => `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
  labels:
    argocd.argoproj.io/secret-type: cluster
    environment: ${environment}
  annotations:
    platform/agent: "2.0.0"${further}
stringData:
  name: ${name}
  server: https://${name}.example.com
`;

export const CLUSTERS =
  '- clusters: {selector: {matchExpressions: [{key: environment, operator: Exists}]}}';

export function applicationSet(generators: string, source: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: web
spec:
  goTemplate: true
  generators:
    ${generators}
  template:
    metadata:
      name: 'web-{{.name}}'
      labels: {fleet/service: web}
    spec:
      project: shop
      ${source}
      destination: {name: '{{.name}}', namespace: web}
`;
}

export const git = (helm: string, path = 'web') => `source:
        repoURL: ${URL}
        path: ${path}
        targetRevision: main
        ${helm}`;

/** Three clusters, one chart, one ApplicationSet. */
export function repositoryOf(
  generators: string,
  source: string,
  files: Record<string, string> = {},
): RepositorySnapshot {
  return {
    url: URL,
    sha: '',
    files: new Map(
      Object.entries({
        'clusters/a.yaml': cluster('a', 'dev'),
        'clusters/b.yaml': cluster('b', 'prod'),
        'clusters/c.yaml': cluster('c', 'prod'),
        'sets/web.yaml': applicationSet(generators, source),
        'web/Chart.yaml': 'name: web\nversion: 0.1.0\n',
        'web/templates/pod.yaml': 'image: "{{ .Values.image.tag }}"\n',
        ...files,
      }),
    ),
  };
}

const all = () => true;
export const set = (
  repository: RepositorySnapshot,
  version: string,
  targets: { clusters?: string[]; environments?: string[] } = {},
) => setVersion({ service: 'web', version, ...targets }, repository, {}, all);

export const versionsOf = (repository: RepositorySnapshot) =>
  Object.fromEntries(
    listDeployments(repository, {}, all).map(deployment => [
      deployment.cluster,
      deployment.version?.text,
    ]),
  );
