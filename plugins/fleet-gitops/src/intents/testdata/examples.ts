import type {
  IntentKind,
  IntentParameters,
  TypedIntent,
} from '@backstage-fleet/plugin-fleet-common';
import { layoutOfService } from '../../layouts';
import type { LayoutDeployment } from '../../layouts';
import { exampleRepository } from '../../layouts/testdata/exampleRepository';
import type { ClusterRecord } from '../../model/fleetSnapshot';
import type { RepositorySnapshot } from '../../model/repository';
import { applyIntent } from '../applyIntent';
import { parseIntent } from '../parseIntent';
import type { ApplyIntentOptions } from '../types';

/** A cluster that only the hub knows. */
const tokyo: ClusterRecord = {
  name: 'ap-northeast-1-prod',
  server: 'https://tokyo.example.com',
  labels: { environment: 'prod', region: 'ap-northeast-1' },
  annotations: {},
};

/** An example repository with what can be asked of its service. */
export interface Case {
  example: string;
  repository: RepositorySnapshot;
  service: string;
  /** A chart that nothing deploys yet. */
  newService: string;
  /** A file of the service itself, where the repository has them. */
  own?: string;
  /** Where the service runs, and where it does not. */
  on: string;
  off: string;
  /** Where the new one goes; default: both. */
  newOn?: string[];
  /** Clusters that the repository does not declare. */
  clusters?: ClusterRecord[];
  /** Deployments that can get a version of their own together, in one environment or on one cluster. */
  to: { clusters?: string[]; environments?: string[] };
}

/** One or more for each layout. */
export const CASES: Case[] = [
  {
    example: 'hub-and-spoke',
    repository: exampleRepository('hub-and-spoke', 'fleet-gitops'),
    service: 'payments',
    newService: 'loyalty',
    own: 'services/payments/Chart.yaml',
    on: 'spoke-eu-west-1-prod',
    off: 'spoke-us-east-1-prod',
    to: { clusters: ['spoke-eu-west-1-prod', 'spoke-eu-west-1-staging'] },
  },
  {
    example: 'list-generator',
    repository: exampleRepository('list-generator', 'logistics-gitops'),
    service: 'tracking',
    newService: 'returns-desk',
    own: 'services/tracking/Chart.yaml',
    on: 'us-west-2-prod',
    off: tokyo.name,
    clusters: [tokyo],
    to: { environments: ['prod'] },
  },
  {
    example: 'git-generator, files',
    repository: exampleRepository('git-generator', 'media-gitops'),
    service: 'player-api',
    newService: 'subtitles',
    own: 'charts/player-api/Chart.yaml',
    on: 'media-us-east-1-prod',
    off: 'media-ap-southeast-2-prod',
    to: { environments: ['prod'] },
  },
  {
    example: 'git-generator, directories',
    repository: exampleRepository('git-generator', 'media-gitops'),
    service: 'ad-insertion',
    newService: 'regional-news',
    own: 'bases/ad-insertion/kustomization.yaml',
    on: 'media-us-east-1-prod',
    off: 'media-ap-southeast-2-prod',
    to: { clusters: ['media-us-east-1-prod'] },
  },
  {
    example: 'app-of-apps',
    repository: exampleRepository('app-of-apps', 'service-platform'),
    service: 'kube-prometheus-stack',
    newService: 'invoicing',
    on: 'prod-eu-central-1',
    off: 'dev-eu-central-1',
    to: { environments: ['prod'] },
  },
  {
    example: 'layered-values',
    repository: exampleRepository('layered-values', 'storefront-deploy'),
    service: 'reviews',
    newService: 'gift-cards',
    own: 'services/reviews/Chart.yaml',
    on: 'shop-dev',
    off: 'shop-prod',
    newOn: ['shop-dev'],
    to: { environments: ['staging'] },
  },
  {
    example: 'matrix-merge',
    repository: exampleRepository('matrix-merge', 'cluster-addons'),
    service: 'node-tuner',
    newService: 'audit-shipper',
    own: 'charts/node-tuner/Chart.yaml',
    on: 'prod-eu-west-1',
    off: 'prod-us-east-1',
    to: { environments: ['prod'] },
  },
];

/** Example repositories and what becomes of them have the same URL. */
function clustersOf({ url }: RepositorySnapshot): ClusterRecord[] {
  return CASES.find(({ repository }) => repository.url === url)?.clusters ?? [];
}

/** Applies an intent as it would come from outside, with the clusters that the hub of the example knows. */
export function apply<Kind extends IntentKind>(
  repository: RepositorySnapshot,
  kind: Kind,
  parameters: IntentParameters[Kind],
  options: ApplyIntentOptions = {},
) {
  const intent: TypedIntent = parseIntent({ kind, parameters });
  return applyIntent(intent, repository, {
    clusters: clustersOf(repository),
    ...options,
  });
}

/** Where a service runs. */
export function deploymentsOf(
  repository: RepositorySnapshot,
  service: string,
): LayoutDeployment[] {
  const context = { clusters: clustersOf(repository) };
  return layoutOfService(repository, service, undefined, context)
    .listDeployments(repository, context)
    .filter(deployment => deployment.service === service);
}

/** Versions by cluster. */
export const versionsOf = (deployments: LayoutDeployment[]) =>
  Object.fromEntries(
    deployments.map(({ cluster, version }) => [cluster!, version?.text]),
  );
