import type { HubSnapshot } from '../../model/fleetSnapshot';
import type { RepositorySnapshot } from '../../model/repository';

/*
 * Applications of Applications: clusters with an Argo CD of their own, each with a bootstrap Application that renders the
 * chart `apps` with its values.
 */

export const PLATFORM_URL = 'https://git.example.com/platform/fleet';

export function bootstrap(cluster: string, further = ''): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${cluster}-bootstrap
  namespace: argocd
spec:
  project: default
  source:
    repoURL: ${PLATFORM_URL}
    path: apps
    targetRevision: main
    helm:
      valueFiles: [values.yaml, values.${cluster}.yaml]${further}
  destination: {name: in-cluster, namespace: argocd}
`;
}

const HELPERS = `{{- define "apps.destination" -}}
server: https://kubernetes.default.svc
namespace: {{ . }}
{{- end }}
`;

function component(key: string, name: string): string {
  return `{{- if .Values.${key}.enable }}
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {{ .Values.cluster.name }}-${name}
spec:
  project: platform
  source:
    repoURL: ${PLATFORM_URL}
    path: services/${name}
    targetRevision: {{ .Values.${key}.targetRevision | default "main" }}
  destination:
    {{- include "apps.destination" "${name}" | nindent 4 }}
{{- end }}
`;
}

const FILES: Array<[string, string]> = [
  ['bootstrap/berlin.yaml', bootstrap('berlin')],
  ['bootstrap/oslo.yaml', bootstrap('oslo')],
  ['apps/Chart.yaml', 'apiVersion: v2\nname: apps\nversion: 1.0.0\n'],
  [
    'apps/values.yaml',
    'cluster:\n  name: ""\npricing:\n  enable: false\norderHistory:\n  enable: false\n',
  ],
  [
    'apps/values.berlin.yaml',
    'cluster:\n  name: berlin\npricing:\n  enable: true\n',
  ],
  [
    'apps/values.oslo.yaml',
    'cluster:\n  name: oslo\npricing:\n  enable: true\n  targetRevision: v3\norderHistory:\n  enable: true\n',
  ],
  ['apps/templates/_helpers.tpl', HELPERS],
  ['apps/templates/pricing.yaml', component('pricing', 'pricing')],
  [
    'apps/templates/order-history.yaml',
    component('orderHistory', 'order-history'),
  ],
  ...['pricing', 'order-history'].flatMap(
    (name): Array<[string, string]> => [
      [
        `services/${name}/Chart.yaml`,
        `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`,
      ],
      [`services/${name}/values.yaml`, 'image:\n  tag: "2.0"\n'],
    ],
  ),
];

export const platformRepository: RepositorySnapshot = {
  url: PLATFORM_URL,
  sha: '',
  files: new Map(FILES),
};

export const noClusters: HubSnapshot = {
  clusters: [],
  repositories: () => undefined,
};
