import {
  exampleFile,
  exampleRepository,
  exampleWith,
  loadExample,
} from '../../claims/__testUtils__/exampleRepository';
import { indexRepository, withChanges } from '../../repository';
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

describe('drain', () => {
  it.each([
    [
      'cluster generators in merge and matrix generators',
      addons,
      'dev-eu-west-1',
    ],
    [
      'a label that several ApplicationSets select by',
      addons,
      'prod-us-east-1',
    ],
    ['an element of a list', logistics, 'sa-east-1-prod'],
    ['elements of several lists', logistics, 'us-west-2-prod'],
  ])('ends %s', (_case, repository, cluster) => {
    const on = (files: typeof repository) =>
      applicationsOnCluster(cluster, files, options).flatMap(
        ({ applications }) => applications,
      );
    expect(on(repository)).not.toEqual([]);
    const { changes } = drain(cluster, repository, options);
    expect(on(withChanges(repository, changes))).toEqual([]);
  });

  const cluster = 'spoke-us-east-1-staging';
  const file = `clusters/${cluster}.yaml`;
  /** One ApplicationSet more, without a switch of its own. */
  const selecting = (name: string, label: string, template: string) => `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: ${name}, namespace: argocd }
spec:
  goTemplate: true
  goTemplateOptions: ["missingkey=error"]
  generators:
    - clusters: { selector: { matchLabels: { ${label} } } }
  template:
    metadata: { name: "${name}-{{.name}}" }
    spec:
      project: default
      source: { repoURL: https://git.example.com/x, path: ., targetRevision: main }
      destination: ${template}
`;
  const own = '{ name: "{{.name}}", namespace: agents }';

  it('knows that labels which the hub still has go too, and not those that it alone has', () => {
    const { clusters } = indexRepository(exampleRepository);
    const live = (labels: object) => ({
      clusters: clusters.map(({ name, server, ...rest }) => ({
        name,
        server,
        annotations: rest.annotations,
        labels: { ...rest.labels, ...labels },
      })),
    });
    const { lines } = drain(cluster, exampleRepository, live({}));
    expect(lines).toHaveLength(8);
    const without = exampleWith({
      [file]: exampleFile(file, ['    enable_cart: "true"\n', '']),
    });
    expect(() =>
      drain(cluster, without, live({ enable_cart: 'true' })),
    ).toThrow(
      `cannot be drained: applicationsets/cart.yaml deploys cart-${cluster} to it`,
    );
  });

  it('takes switches away, then a label that selects the cluster, a switch before what the cluster is', () => {
    const repository = exampleWith({
      'applicationsets/agents.yaml': selecting(
        'agents',
        'environment: staging, agents: "on"',
        own,
      ),
      [file]: exampleFile(file, [
        '    environment: staging\n',
        '    environment: staging\n    agents: "on"\n',
      ]),
    });
    const { changes } = drain(cluster, repository, {});
    expect([...changes.keys()]).toEqual([file]);
    const after = changes.get(file)!;
    expect(after).not.toMatch(/enable_\w|agents/);
    expect(after).toContain('environment: staging');
  });

  it('refuses where the only label that helps would make another ApplicationSet fail', () => {
    const repository = exampleWith({
      'applicationsets/agents.yaml': selecting(
        'agents',
        'region: us-east-1',
        own,
      ),
      'applicationsets/inventory.yaml': selecting(
        'inventory',
        'environment: staging',
        '{ name: spoke-eu-west-1-prod, namespace: "{{.metadata.labels.region}}" }',
      ),
    });
    expect(() => drain(cluster, repository, {})).toThrow(
      `${cluster} cannot be drained: applicationsets/agents.yaml deploys agents-${cluster} to it`,
    );
  });
});
