import type { HubSnapshot } from '../../model/fleetSnapshot';
import type { RepositorySnapshot } from '../../model/repository';

/*
 * The GitOps repository of a shop: three services on four clusters, a fourth service that is not deployed yet. Kept as
 * strings because every byte counts: indents, quotes, line breaks and comments are as different as in real life.
 */

const EUROPE = `# Both clusters of the Frankfurt region
apiVersion: v1
kind: Secret
metadata:
    name: fra-prod
    namespace: argocd
    labels:
        argocd.argoproj.io/secret-type: cluster
        environment: prod
        region: fra

        # services
        enable_billing: "true"    # since March
        enable_order_history: "true"
    annotations:
        aws_account_id: "012345678901"
stringData:
    name: fra-prod
    server: https://fra-prod.example.com
---
apiVersion: v1
kind: Secret
metadata:
    name: fra-staging
    namespace: argocd
    labels:
        argocd.argoproj.io/secret-type: cluster
        environment: staging
        region: fra
        enable_billing: "true"
        enable_catalog: "false"
stringData:
    name: fra-staging
    server: https://fra-staging.example.com
`;

const LONDON = `{
  "apiVersion": "v1",
  "kind": "Secret",
  "metadata": {
    "name": "cluster-lon-prod",
    "namespace": "argocd",
    "labels": {
      "argocd.argoproj.io/secret-type": "cluster",
      "environment": "prod",
      "region": "lon",
      "enable_catalog": "true"
    }
  },
  "data": {
    "name": "bG9uLXByb2Q=",
    "server": "aHR0cHM6Ly9sb24tcHJvZC5leGFtcGxlLmNvbQ==",
    "config": "e30="
  }
}
`;

/** Written on Windows, without a line break at the end. */
const SINGAPORE = `apiVersion: v1
kind: Secret
metadata:
  name: sgp-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
    environment: prod
    region: sgp
stringData:
  name: sgp-prod
  server: https://sgp-prod.example.com`.replace(/\n/g, '\r\n');

function applicationSet(
  name: string,
  toggle: string,
  comment: string,
  further = '',
): string {
  return `# ${comment}
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: ${name}
  namespace: argocd
spec:
  goTemplate: true
  goTemplateOptions: ["missingkey=error"]
  generators:
    - clusters:
        selector:
          matchLabels:
            ${toggle}: "true"${further}
  template:
    metadata:
      name: '{{.name}}-${name}'
      labels:
        team: shop  # who is paged
    spec:
      project: shop
      source:
        repoURL: https://git.example.com/shop/fleet.git
        path: services/${name}
        targetRevision: main
        helm:
          releaseName: ${name}
          valueFiles:
            - values.yaml
            - values-{{.metadata.labels.environment}}.yaml
          ignoreMissingValueFiles: true
      destination:
        name: '{{.name}}'
        namespace: ${name}
      syncPolicy:
        automated: {prune: true}
`;
}

const CATALOG_ONLY_IN_PRODUCTION = `
          matchExpressions:
            - {key: environment, operator: In, values: [prod]}`;

function chart(name: string, tag: string | undefined): Array<[string, string]> {
  const image = tag
    ? `image:\n  repository: registry.example.com/${name}\n  tag: "${tag}"\n`
    : '';
  return [
    [
      `services/${name}/Chart.yaml`,
      `apiVersion: v2\nname: ${name}\nversion: 1.0.0\nappVersion: "0.9"\n`,
    ],
    [`services/${name}/values.yaml`, `${image}replicas: 2\n`],
    [
      `services/${name}/templates/secret.yaml`,
      // A template that looks like a cluster and is none.
      'kind: Secret\nmetadata:\n  labels:\n    argocd.argoproj.io/secret-type: cluster\n{{- if .Values.x }}\n  a: b\n{{- end }}\n',
    ],
  ];
}

const FILES: Array<[string, string]> = [
  ['clusters/europe.yaml', EUROPE],
  ['clusters/lon-prod.json', LONDON],
  ['clusters/sgp-prod.yaml', SINGAPORE],
  [
    'applicationsets/billing.yaml',
    applicationSet('billing', 'enable_billing', 'Invoices and reminders'),
  ],
  [
    'applicationsets/order-history.yaml',
    applicationSet(
      'order-history',
      'enable_order_history',
      'What a customer bought',
    ),
  ],
  [
    'applicationsets/catalog.yaml',
    applicationSet(
      'catalog',
      'enable_catalog',
      'Articles and prices; only in production',
      CATALOG_ONLY_IN_PRODUCTION,
    ),
  ],
  [
    'applicationsets/kustomization.yaml',
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- billing.yaml\n- catalog.yaml\n- order-history.yaml\n',
  ],
  ...chart('billing', '2.3.0'),
  ...chart('order-history', '1.10'),
  ...chart('catalog', '7.0.1'),
  ...chart('returns', undefined),
  ['services/billing/values-prod.yaml', 'replicas: 6\n'],
  [
    'projects/shop.yaml',
    'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata:\n  name: shop\n  namespace: argocd\nspec: {}\n',
  ],
];

export const HEAD = '1f0c6d2a9b3e4f5061728394a5b6c7d8e9f00112';

export const shopRepository: RepositorySnapshot = {
  url: 'https://git.example.com/shop/fleet',
  sha: HEAD,
  files: new Map(FILES),
};

/** A repository with some files replaced or removed. */
export function edited(
  repository: RepositorySnapshot,
  files: Record<string, string | undefined>,
): RepositorySnapshot {
  const result = new Map(repository.files);
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) result.delete(path);
    else result.set(path, text);
  }
  return { ...repository, files: result };
}

/** A hub that knows no clusters but those of the repository. */
export const emptyHub: HubSnapshot = {
  clusters: [],
  projects: ['default'],
  repositories: () => undefined,
};
