import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { HubObjectKind } from '@backstage-fleet/plugin-fleet-node';
import {
  application,
  cluster,
  testStore,
} from '../store/__testUtils__/objects';
import { createFleetView } from './fleetView';

const SECRET = { apiVersion: 'v1', kind: 'Secret', name: 'cluster-spoke' };
const CLAIM = {
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'Cluster',
  name: 'spoke',
  namespace: 'clusters',
};

function claim(
  metadata: object = {},
  status: object = { phase: 'Provisioning' },
): KubernetesObject {
  return {
    apiVersion: 'cluster.x-k8s.io/v1beta1',
    kind: 'Cluster',
    metadata: { name: 'spoke', namespace: 'clusters', ...metadata },
    spec: {},
    status,
  };
}

describe('what the write path sees of the fleet', () => {
  const store = () => {
    const all = testStore();
    const view = createFleetView(all, () => undefined);
    const tell = (
      hub: string,
      kind: HubObjectKind,
      objects: KubernetesObject[],
      status: 'live' | 'unreachable' = 'live',
    ) => {
      all.sink(hub).state(kind, { status, since: '2026-01-01T00:00:00Z' });
      all.sink(hub).replace(kind, objects);
    };
    return { view, tell };
  };

  it('knows no hub that has said nothing yet, and no hub of another name', () => {
    const { view, tell } = store();
    expect(view.hub(['eu'])).toBeUndefined();
    expect(view.hub(['mars'])).toBeUndefined();
    expect(view.live(['mars'])).toBe(false);
    tell('eu', 'Application', []);
    tell('eu', 'Cluster', [cluster('spoke', { region: 'eu' })]);
    expect(view.hub(['eu'])).toMatchObject({
      clusters: [{ name: 'spoke', labels: { region: 'eu' } }],
      // Not told, so not checked.
      projects: undefined,
    });
    expect(view.hub(['eu', 'us'])).toBeUndefined();
    expect([view.live(['eu']), view.live(['eu', 'us'])]).toEqual([true, false]);
    tell('eu', 'AppProject', [{ metadata: { name: 'shop' } }]);
    expect(view.hub(['eu'])?.projects).toEqual(['shop']);
  });

  it('hands on what hubs define, and the name of the own cluster of a hub that is alone', () => {
    const { view, tell } = store();
    const xrd = (name: string): KubernetesObject => ({
      apiVersion: 'apiextensions.crossplane.io/v2',
      kind: 'CompositeResourceDefinition',
      metadata: { name },
    });
    for (const hub of ['eu', 'us']) {
      tell(hub, 'Application', []);
      tell(hub, 'Cluster', []);
      tell(hub, 'Definition', [xrd(`clusters.${hub}`)]);
    }
    // Without spokes, the hub is what its files call by its id.
    expect(view.hub(['eu'])).toMatchObject({
      self: 'eu',
      definitions: [xrd('clusters.eu')],
    });
    const both = view.hub(['eu', 'us'])!;
    expect(both).not.toHaveProperty('self');
    expect(both.definitions).toEqual([xrd('clusters.eu'), xrd('clusters.us')]);
  });

  it('finds an Application by namespace and name', () => {
    const { view, tell } = store();
    tell('us', 'Cluster', [cluster('spoke')]);
    tell('us', 'Application', [application({ name: 'cart-spoke' })]);
    const find = (namespace: string, hubs: string[]) =>
      view.deployment(hubs, { namespace, name: 'cart-spoke' })?.health;
    expect(find('argocd', ['eu', 'us'])).toBe('Healthy');
    expect(find('argocd', ['eu'])).toBeUndefined();
    expect(find('other', ['us'])).toBeUndefined();
  });

  it('tells how a cluster comes up, from a claim on one hub to the Argo CD of another', () => {
    const { view, tell } = store();
    const seen = () => view.cluster!(['eu', 'us'], 'spoke');
    expect(seen()).toBeUndefined();
    tell('eu', 'Claim', [claim()]);
    expect(seen()).toMatchObject({
      registered: false,
      provisioning: { state: 'provisioning', message: expect.any(String) },
    });
    // A claim whose own name is another one.
    tell('eu', 'Claim', [
      claim({ name: 'x7f', annotations: { 'fleet/cluster': 'spoke' } }),
    ]);
    tell('us', 'Cluster', [cluster('spoke')]);
    expect(seen()).toMatchObject({ registered: true, provisioning: {} });
    tell('eu', 'Claim', []);
    expect(seen()).toEqual({ registered: true });
  });

  it('tells which version of Kubernetes a cluster has, by all who know it', () => {
    const { view, tell } = store();
    const part = (kind: string, status: object): KubernetesObject => ({
      apiVersion: 'controlplane.cluster.x-k8s.io/v1beta2',
      kind,
      metadata: {
        name: 'spoke-cp',
        namespace: 'clusters',
        labels: { 'cluster.x-k8s.io/cluster-name': 'spoke' },
      },
      spec: { version: 'v1.34.1', replicas: 3 },
      status,
    });
    tell('eu', 'Claim', [
      {
        ...claim({}, { version: '1.33' }),
        spec: { topology: { version: 'v1.34.1' } },
      },
    ]);
    tell('eu', 'ClaimPart', [
      part('KubeadmControlPlane', { version: 'v1.33.4', upToDateReplicas: 1 }),
    ]);
    // What people wrote is no answer of the cluster.
    const spoke = cluster('spoke', { kubernetes_version: '1.34' });
    tell('us', 'Cluster', [spoke]);
    const seen = () => view.cluster!(['eu', 'us'], 'spoke');
    expect(seen()).toMatchObject({
      provisioning: {
        version: 'v1.34.1',
        running: '1.33',
        parts: [
          {
            role: 'control-plane',
            version: 'v1.33.4',
            desired: 3,
            upToDate: 1,
          },
        ],
      },
    });
    expect(seen()).not.toHaveProperty('serverVersion');
    tell('us', 'Cluster', [{ ...spoke, status: { serverVersion: 'v1.32' } }]);
    expect(seen()).toMatchObject({ serverVersion: 'v1.32' });
  });

  it.each([
    [1, 'provisioning'],
    [2, 'ready'],
  ])(
    'takes what was said of generation %i of a claim of generation 2 for %s',
    (observedGeneration, state) => {
      const { view, tell } = store();
      tell('eu', 'Claim', [
        {
          apiVersion: 'kro.run/v1alpha1',
          kind: 'EksCluster',
          metadata: { name: 'spoke', namespace: 'clusters', generation: 2 },
          spec: { version: '1.34' },
          status: {
            state: 'ACTIVE',
            conditions: [{ type: 'Ready', status: 'True', observedGeneration }],
          },
          provisioningSource: 'kro',
        } as KubernetesObject,
      ]);
      expect(view.cluster!(['eu'], 'spoke')).toMatchObject({
        provisioning: { state, version: '1.34' },
      });
    },
  );

  it('lists what is deployed on a cluster by the named hubs', () => {
    const { view, tell } = store();
    for (const hub of ['eu', 'us']) {
      tell(hub, 'Cluster', [cluster('spoke')]);
      tell(hub, 'Application', [application({ name: `cart-spoke-${hub}` })]);
    }
    const names = (hubs: string[], name: string) =>
      view.deploymentsOn!(hubs, name).map(found => found.name);
    expect(names(['us'], 'spoke')).toEqual(['cart-spoke-us']);
    expect(names(['us', 'eu', 'mars'], 'spoke')).toHaveLength(2);
    expect(names(['us'], 'other')).toEqual([]);
  });

  it.each([
    ['a Secret that registers a cluster', SECRET, true],
    ['one of another name', { ...SECRET, name: 'spoke' }, false],
    ['one in another namespace', { ...SECRET, namespace: 'x' }, false],
    ['a claim, whatever the version', CLAIM, true],
    ['one of another kind', { ...CLAIM, kind: 'EksCluster' }, false],
    ['one of another group', { ...CLAIM, apiVersion: 'kro.run/v1' }, false],
    ['one in no namespace', { ...CLAIM, namespace: undefined }, true],
  ])('looks for %s', (_, object, expected) => {
    const { view, tell } = store();
    tell('eu', 'Cluster', [cluster('spoke')]);
    tell('eu', 'Claim', [claim()]);
    expect(view.hasObject!(['eu'], object)).toBe(expected);
  });

  it('tells where a service is, and of which service an Application is or would be', () => {
    const { view, tell } = store();
    const at = (service: string, spoke: string, applicationSet: string) =>
      application({
        name: `${service}-${spoke}`,
        labels: { 'fleet/service': service },
        destination: { name: spoke },
        applicationSet,
      });
    tell('eu', 'Cluster', [cluster('one'), cluster('two')]);
    tell('us', 'Cluster', [cluster('three')]);
    tell('eu', 'Application', [
      at('cart', 'one', 'cart'),
      at('cart', 'two', 'cart'),
      at('search', 'one', 'addons'),
      at('ledger', 'one', 'addons'),
    ]);
    tell('us', 'Application', [at('cart', 'three', 'cart')]);
    expect(view.placesOf!(['eu'], 'cart')).toEqual(['one', 'two']);
    expect(view.placesOf!(['eu', 'us'], 'cart').sort()).toEqual([
      'one',
      'three',
      'two',
    ]);
    const serviceOf = (name: string, applicationSet?: string) =>
      view.serviceOf!(['eu'], { namespace: 'argocd', name, applicationSet });
    expect(serviceOf('ledger-one', 'addons')).toBe('ledger');
    expect(serviceOf('cart-new', 'cart')).toBe('cart');
    // Its siblings are of several.
    expect(serviceOf('new', 'addons')).toBeUndefined();
    expect(serviceOf('new')).toBeUndefined();
  });

  it('takes nothing for gone that cannot be seen', () => {
    const { view, tell } = store();
    expect(view.hasObject!(['eu'], CLAIM)).toBeUndefined();
    tell('eu', 'Claim', [], 'unreachable');
    expect(view.hasObject!(['eu'], CLAIM)).toBe(true);
    tell('eu', 'Claim', []);
    expect(view.hasObject!(['eu'], CLAIM)).toBe(false);
    // The other hub has no such kind.
    expect(view.hasObject!(['us', 'eu'], CLAIM)).toBe(false);
    tell('us', 'Claim', [claim()]);
    expect(view.hasObject!(['us', 'eu'], CLAIM)).toBe(true);
  });

  it.each([true, undefined])(
    'tells the engine how hubs find the files of git generators: %s',
    newGitFileGlobbing => {
      const all = testStore({
        hubs: [{ id: 'eu', title: 'eu', url: '', newGitFileGlobbing }],
      });
      const since = '2026-01-01T00:00:00Z';
      for (const kind of ['Application', 'Cluster'] as const) {
        all.sink('eu').state(kind, { status: 'live', since });
        all.sink('eu').replace(kind, []);
      }
      expect(createFleetView(all, () => undefined).hub(['eu'])).toEqual(
        expect.objectContaining({ newGitFileGlobbing }),
      );
    },
  );
});
