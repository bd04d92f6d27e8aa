import type { RepositorySnapshot } from '@backstage-fleet/plugin-fleet-gitops';

const ENVIRONMENTS = ['development', 'staging', 'production', 'production'];
const REGIONS = ['eu-west-1', 'eu-central-1', 'us-east-1', 'ap-south-1'];
const TEAMS = ['checkout', 'payments', 'catalog', 'search', 'logistics'];
const REPOSITORY = 'https://git.example.com/platform/fleet';

/** How large a fleet is, and what its cluster Secrets leave out. */
export interface FleetSize {
  clusters: number;
  services: number;
  /** Services that the last cluster does not opt in to. */
  withoutServices?: number[];
}

export function serviceName(index: number): string {
  return `${TEAMS[index % TEAMS.length]}-service-${String(index).padStart(
    3,
    '0',
  )}`;
}

export function clusterName(index: number): string {
  return `${REGIONS[index % REGIONS.length]}-cluster-${String(index).padStart(
    3,
    '0',
  )}`;
}

/** The label with which a cluster opts in to a service. */
export function toggle(service: number): string {
  return `enable_${serviceName(service).replace(/-/g, '_')}`;
}

export function clusterFile(index: number): string {
  return `clusters/${clusterName(index)}.yaml`;
}

/**
 * The repository of a fleet: a Secret per cluster that opts in to every service, and per service a chart and an
 * ApplicationSet with a cluster generator and twelve templated fields, every other one with goTemplate.
 */
export function fleetRepository(size: FleetSize): RepositorySnapshot {
  const files = new Map<string, string>();
  for (let cluster = 0; cluster < size.clusters; cluster++) {
    const isLast = cluster === size.clusters - 1;
    const services = Array.from({ length: size.services }, (_, index) => index);
    files.set(
      clusterFile(cluster),
      clusterSecret(
        cluster,
        isLast
          ? services.filter(index => !size.withoutServices?.includes(index))
          : services,
      ),
    );
  }
  for (let service = 0; service < size.services; service++) {
    files.set(
      `applicationsets/${serviceName(service)}.yaml`,
      service % 2 === 0
        ? goTemplateSet(serviceName(service), toggle(service))
        : fastTemplateSet(serviceName(service), toggle(service)),
    );
    for (const [name, text] of chart(serviceName(service)))
      files.set(`services/${serviceName(service)}/${name}`, text);
  }
  return { url: REPOSITORY, sha: 'a'.repeat(40), files };
}

function clusterSecret(index: number, services: number[]): string {
  const labels = [
    'argocd.argoproj.io/secret-type: cluster',
    `environment: ${ENVIRONMENTS[index % ENVIRONMENTS.length]}`,
    `region: ${REGIONS[index % REGIONS.length]}`,
    `tier: "${index % 3}"`,
    ...services.map(service => `${toggle(service)}: "true"`),
  ];
  return `apiVersion: v1
kind: Secret
metadata:
  name: ${clusterName(index)}
  namespace: argocd
  labels:
${labels.map(label => `    ${label}\n`).join('')}  annotations:
    addons_repo_revision: main
    aws_account_id: "${100000000000 + index}"
type: Opaque
stringData:
  name: ${clusterName(index)}
  server: https://${clusterName(index)}.k8s.example.com
`;
}

function goTemplateSet(service: string, label: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: ${service}
  namespace: argocd
spec:
  goTemplate: true
  goTemplateOptions: ["missingkey=error"]
  generators:
    - clusters:
        selector:
          matchLabels:
            ${label}: "true"
  template:
    metadata:
      name: '{{ .name }}-${service}'
      labels:
        fleet/service: ${service}
        environment: '{{ .metadata.labels.environment }}'
        region: '{{ index .metadata.labels "region" }}'
    spec:
      project: '{{ .metadata.labels.environment | lower }}-apps'
      source:
        repoURL: ${REPOSITORY}
        targetRevision: '{{ .metadata.annotations.addons_repo_revision | default "main" }}'
        path: services/${service}
        helm:
          releaseName: '{{ trunc 53 .nameNormalized }}'
          valueFiles:
            - values-{{ .metadata.labels.environment }}.yaml
            - values-{{ .name }}.yaml
          ignoreMissingValueFiles: true
          parameters:
            - name: global.account
              value: '{{ .metadata.annotations.aws_account_id }}'
            - name: global.replicas
              value: '{{ if eq .metadata.labels.environment "production" }}3{{ else }}1{{ end }}'
      destination:
        server: '{{ .server }}'
        namespace: '{{ .metadata.labels.environment }}-${service}'
      syncPolicy:
        automated: { prune: true, selfHeal: true }
        syncOptions: [CreateNamespace=true, ServerSideApply=true]
`;
}

function fastTemplateSet(service: string, label: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: ${service}
  namespace: argocd
spec:
  generators:
    - clusters:
        selector:
          matchLabels:
            ${label}: "true"
  template:
    metadata:
      name: '{{name}}-${service}'
      labels:
        fleet/service: ${service}
        environment: '{{metadata.labels.environment}}'
        region: '{{metadata.labels.region}}'
    spec:
      project: '{{metadata.labels.environment}}-apps'
      source:
        repoURL: ${REPOSITORY}
        targetRevision: '{{metadata.annotations.addons_repo_revision}}'
        path: services/${service}
        helm:
          releaseName: '{{nameNormalized}}'
          valueFiles:
            - values-{{metadata.labels.environment}}.yaml
            - values-{{name}}.yaml
          ignoreMissingValueFiles: true
          parameters:
            - name: global.account
              value: '{{metadata.annotations.aws_account_id}}'
            - name: global.tier
              value: '{{metadata.labels.tier}}'
      destination:
        server: '{{server}}'
        namespace: '{{metadata.labels.environment}}-${service}'
      syncPolicy:
        automated: { prune: true, selfHeal: true }
        syncOptions: [CreateNamespace=true, ServerSideApply=true]
`;
}

function chart(service: string): Array<[string, string]> {
  const values = (tag: string) =>
    `image:\n  repository: registry.example.com/${service}\n  tag: "${tag}"\nreplicas: 1\n`;
  return [
    [
      'Chart.yaml',
      `apiVersion: v2\nname: ${service}\nversion: 1.4.0\nappVersion: "2.0.0"\n`,
    ],
    ['values.yaml', values('2.0.0')],
    ['values-production.yaml', values('2.1.3')],
    ['values-staging.yaml', values('2.2.0')],
  ];
}
