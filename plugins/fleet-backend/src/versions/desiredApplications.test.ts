import {
  type HubSnapshot,
  readApplicationVersion,
  type RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';
import { exampleRepository } from '../__testUtils__/exampleRepository';
import { cluster, testStore } from '../store/__testUtils__/objects';
import { hubSnapshot } from '../store/hubSnapshot';
import { TimeSlices } from '../hubs/timeSlices';
import { desiredApplications } from './desiredApplications';

const slices = new TimeSlices();

const URL = 'https://git.example/acme/gitops';
const IN_CLUSTER = 'https://kubernetes.default.svc';

function repository(files: Record<string, string>): RepositorySnapshot {
  return {
    url: URL,
    sha: 'a'.repeat(40),
    files: new Map(Object.entries(files)),
  };
}

function hubOf(
  snapshot: RepositorySnapshot,
  hub: Partial<HubSnapshot> = {},
): HubSnapshot {
  return { clusters: [], repositories: () => snapshot, ...hub };
}

/** An Application that renders a chart of Applications on the cluster of its own Argo CD, with the values of one cluster. */
const root = (name: string) => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: apps-${name}, namespace: argocd }
spec:
  project: default
  source:
    repoURL: ${URL}
    path: apps
    targetRevision: main
    helm: { valueFiles: [values.${name}.yaml] }
  destination: { name: in-cluster, namespace: argocd }
`;

const CHART = {
  'apps/Chart.yaml': 'apiVersion: v2\nname: apps\nversion: 1.0.0\n',
  'apps/values.yaml': 'tag: none\n',
  'apps/values.oslo.yaml': 'cluster: oslo\ntag: 2.0.0\n',
  'apps/values.rome.yaml': 'cluster: rome\ntag: 1.0.0\n',
  'apps/templates/shop.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  project: default
  source:
    repoURL: ${URL}
    path: shop
    targetRevision: main
    helm: { parameters: [{ name: image.tag, value: "{{ .Values.tag }}" }] }
  destination: { name: in-cluster, namespace: shop }
`,
  'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\n',
  'shop/values.yaml': 'image: { repository: r/shop, tag: 0.0.0 }\n',
  'bootstrap/oslo.yaml': root('oslo'),
  'bootstrap/rome.yaml': root('rome'),
};

describe('desiredApplications', () => {
  it('has Applications that stand in plain files', async () => {
    const snapshot = repository(exampleRepository(URL, 'standalone'));
    const hub = hubOf(snapshot, { self: 'warehouse' });
    const found = await desiredApplications(snapshot, 'main', hub, slices);
    const versions = ['accounts', 'labels', 'scanners'].map(name => {
      const application = found.get(`argocd/${name}`);
      return application && readApplicationVersion(application, () => snapshot);
    });
    expect(versions.map(version => version?.text)).toEqual([
      expect.stringMatching(/^\d+\.\d+\.\d+$/),
      expect.stringMatching(/^\d+\.\d+\.\d+$/),
      expect.stringMatching(/^\d+\.\d+\.\d+$/),
    ]);
  });

  it.each([
    ['oslo', '2.0.0'],
    ['rome', '1.0.0'],
  ])(
    'of a chart for several clusters has only what is for %s',
    async (self, tag) => {
      const snapshot = repository(CHART);
      const found = await desiredApplications(
        snapshot,
        'main',
        hubOf(snapshot, { self }),
        slices,
      );
      expect(
        readApplicationVersion(found.get('argocd/shop')!, () => snapshot)?.text,
      ).toBe(tag);
      expect(found.has(`argocd/apps-${self}`)).toBe(true);
    },
  );

  it('has none of a chart that is for other clusters', async () => {
    const snapshot = repository(CHART);
    const found = await desiredApplications(
      snapshot,
      'main',
      hubOf(snapshot, { self: 'bern' }),
      slices,
    );
    expect(found.has('argocd/shop')).toBe(false);
  });
});

describe('the name of the hub’s own cluster', () => {
  const self = (
    clusters: ReturnType<typeof cluster>[],
    configured?: string,
  ) => {
    const store = testStore({
      hubs: [{ id: 'eu', title: 'eu', url: '', cluster: configured }],
    });
    store.sink('eu').replace('Cluster', clusters);
    return hubSnapshot(store, 'eu', () => undefined).self;
  };

  it.each<[string, ReturnType<typeof cluster>[], string | undefined, any]>([
    ['configured', [cluster('spoke')], 'oslo', 'oslo'],
    ['of its Secret', [cluster('oslo', {}, IN_CLUSTER)], undefined, 'oslo'],
    ['its id', [cluster('in-cluster', {}, IN_CLUSTER)], undefined, 'eu'],
    ['its id without any Secret', [], undefined, 'eu'],
    ['none with spokes', [cluster('spoke')], undefined, undefined],
  ])('is %s', (_case, clusters, configured, expected) => {
    expect(self(clusters, configured)).toBe(expected);
  });
});
