import { loadExample } from '../../claims/__testUtils__/exampleRepository';
import { withChanges } from '../../repository';
import { applicationsOnCluster, drain } from './drain';

const addons = loadExample(
  'matrix-merge',
  'http://localhost:7101/acme/cluster-addons',
);
const logistics = loadExample(
  'list-generator',
  'http://localhost:7101/acme/logistics-gitops',
);
const options = {
  clusters: ['sa-east-1-prod', 'us-west-2-prod'].map(name => ({
    name,
    server: `https://${name}`,
    labels: {},
    annotations: {},
  })),
};

const file = 'clusters/dev-eu-west-1.yaml';

describe('drain', () => {
  it.each([
    [
      'cluster generators in merge and matrix generators',
      addons,
      'dev-eu-west-1',
      7,
    ],
    [
      'a label that several ApplicationSets select by',
      addons,
      'prod-us-east-1',
      7,
    ],
    ['elements of lists', logistics, 'sa-east-1-prod', 1],
    ['elements of several lists', logistics, 'us-west-2-prod', 4],
  ])('ends %s', (_case, repository, cluster, count) => {
    const on = (files: typeof repository) =>
      applicationsOnCluster(cluster, files, options).flatMap(
        ({ applications }) => applications,
      );
    expect(on(repository)).toHaveLength(count);
    const { changes } = drain(cluster, repository, options);
    expect(on(withChanges(repository, changes))).toEqual([]);
  });

  it('takes switches away and what a matrix selects by, and leaves what the cluster is', () => {
    const { changes } = drain('dev-eu-west-1', addons, options);
    expect([...changes.keys()]).toEqual([file]);
    const removed = addons.files
      .get(file)!
      .split('\n')
      .filter(line => !changes.get(file)!.split('\n').includes(line));
    expect(removed.map(line => line.trim())).toEqual([
      'cluster_name: dev-eu-west-1',
      'enable_cert_manager: "true"',
      'enable_external_secrets: "true"',
      'enable_ingress_nginx: "true"',
      'enable_kube_prometheus_stack: "true"',
      'enable_teams: "true"',
    ]);
  });

  it('refuses a label whose loss would make a whole ApplicationSet fail', () => {
    const repository = {
      ...addons,
      files: new Map([
        ...addons.files,
        [
          'addons/inventory.yaml',
          `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: inventory, namespace: argocd }
spec:
  goTemplate: true
  goTemplateOptions: ["missingkey=error"]
  generators:
    - clusters: { selector: { matchLabels: { region: eu-west-1 } } }
  template:
    metadata: { name: "inventory-{{.metadata.labels.cluster_name}}" }
    spec:
      project: addons
      source: { repoURL: https://git.example.com/x, path: ., targetRevision: main }
      destination: { name: prod-us-east-1, namespace: inventory }
`,
        ],
      ]),
    };
    expect(() => drain('dev-eu-west-1', repository, options)).toThrow(
      /cannot be drained: addons\/karpenter.yaml deploys dev-eu-west-1-karpenter to it/,
    );
  });
});
