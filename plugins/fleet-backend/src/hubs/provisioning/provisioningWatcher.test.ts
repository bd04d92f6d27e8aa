import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { HubObjectKind } from '@backstage-fleet/plugin-fleet-node';
import { runProvisioning } from '../__testUtils__/runProvisioning';
import type { SourceRun } from '../__testUtils__/runSource';
import { ScriptedCluster } from '../__testUtils__/scriptedCluster';
import { networkError, status } from '../__testUtils__/scriptedHub';
import { VirtualClock } from '../__testUtils__/virtualClock';
import type { ClusterKinds } from './provisioningKinds';

const named = (name: string, rest: object = {}): KubernetesObject => ({
  metadata: { name, namespace: 'fleet', resourceVersion: '5' },
  ...rest,
});

const CAPI = '/apis/cluster.x-k8s.io/v1beta2';
const XRDS =
  '/apis/apiextensions.crossplane.io/v1/compositeresourcedefinitions';
const RGDS = '/apis/kro.run/v1alpha1/resourcegraphdefinitions';

describe('ProvisioningWatcher', () => {
  let clock: VirtualClock;
  let cluster: ScriptedCluster;
  let run: SourceRun;

  async function start(clusterKinds?: ClusterKinds) {
    run = await runProvisioning(cluster, clock, clusterKinds);
  }

  beforeEach(() => {
    clock = new VirtualClock();
    cluster = new ScriptedCluster(clock);
  });

  afterEach(() => run.stop());

  const seconds = (count: number) => clock.advance(count * 1000);
  const keys = (kind: HubObjectKind) => run.copy.keys(kind);
  const statusOf = (kind: HubObjectKind) => run.copy.statusOf(kind);

  it('asks a hub without such APIs for nothing but its groups', async () => {
    cluster.lists.set('/apis/argoproj.io/v1alpha1/applications', {
      kind: 'Application',
      items: [],
    });
    await start();
    await seconds(60);
    expect(new Set(cluster.requests)).toEqual(new Set(['/apis']));
    expect(cluster.requests.length).toBeLessThanOrEqual(3);
    expect(statusOf('Claim')).toBe('live');
  });

  it('reads Cluster API in its best version, with machines and control planes', async () => {
    const topology = {
      classRef: { name: 'eks' },
      version: 'v1.33.0',
      workers: { machineDeployments: [{ class: 'w', name: 'a', replicas: 3 }] },
    };
    for (const version of ['v1beta1', 'v1beta2']) {
      const path = `/apis/cluster.x-k8s.io/${version}`;
      cluster.lists.set(`${path}/clusters`, {
        kind: 'Cluster',
        items: [
          named('spoke', {
            spec: { topology, clusterNetwork: { pods: {} } },
            status: {
              phase: 'Provisioned',
              conditions: [{ type: 'Available', status: 'True' }],
              v1beta2: { conditions: [{ type: 'Available', status: 'True' }] },
            },
          }),
        ],
      });
      cluster.lists.set(`${path}/machinedeployments`, {
        kind: 'MachineDeployment',
        items: [
          named('spoke-a', {
            spec: {
              clusterName: 'spoke',
              replicas: 3,
              template: { spec: { version: 'v1.33.0', bootstrap: {} } },
            },
          }),
        ],
      });
      cluster.lists.set(`${path}/machinesets`, {
        kind: 'MachineSet',
        items: [],
      });
    }
    cluster.lists.set(
      '/apis/controlplane.cluster.x-k8s.io/v1beta1/kubeadmcontrolplanes',
      { kind: 'KubeadmControlPlane', items: [named('spoke-cp')] },
    );
    cluster.lists.set(
      '/apis/controlplane.cluster.x-k8s.io/v1beta1/kubeadmcontrolplanetemplates',
      { kind: 'KubeadmControlPlaneTemplate', items: [named('template')] },
    );
    await start();
    expect(keys('Claim')).toEqual(['Cluster/spoke']);
    expect(keys('ClaimPart').sort()).toEqual([
      'KubeadmControlPlane/spoke-cp',
      'MachineDeployment/spoke-a',
    ]);
    expect(run.copy.of('Claim').get('Cluster/spoke')).toEqual({
      apiVersion: 'cluster.x-k8s.io/v1beta2',
      kind: 'Cluster',
      metadata: { name: 'spoke', namespace: 'fleet' },
      spec: { topology },
      status: {
        phase: 'Provisioned',
        conditions: [{ type: 'Available', status: 'True' }],
        v1beta2: { conditions: [{ type: 'Available', status: 'True' }] },
      },
    });
    expect(
      run.copy.of('ClaimPart').get('MachineDeployment/spoke-a')?.spec,
    ).toEqual({ clusterName: 'spoke', replicas: 3, version: 'v1.33.0' });
    expect(cluster.requests.join()).not.toMatch(
      /v1beta1\/clusters|machinesets/,
    );
  });

  const xrd = (
    group: string,
    kind: string,
    rest: object = {},
  ): KubernetesObject => ({
    metadata: { name: `${kind}.${group}` },
    spec: {
      group,
      names: { kind, plural: `${kind.toLowerCase()}s` },
      versions: [
        { name: 'v1alpha1', served: true, referenceable: false },
        { name: 'v1', served: true, referenceable: true },
      ],
      ...rest,
    },
  });

  it('watches the cluster kinds that XRDs and RGDs define, from when they appear until they are gone', async () => {
    cluster.lists.set(`${CAPI}/clusters`, { kind: 'Cluster', items: [] });
    await start();
    expect(keys('Claim')).toEqual([]);

    cluster.lists.set(XRDS, {
      kind: 'CompositeResourceDefinition',
      namespaced: false,
      items: [
        xrd('acme.io', 'XEksCluster', {
          claimNames: { kind: 'EksCluster', plural: 'eksclusters' },
        }),
        xrd('acme.io', 'XBucket'),
        xrd('later.io', 'Cluster'),
      ],
    });
    cluster.lists.set('/apis/acme.io/v1/eksclusters', {
      kind: 'EksCluster',
      items: [named('spoke', { spec: { region: 'eu' }, status: {} })],
    });
    cluster.lists.set('/apis/acme.io/v1/xeksclusters', {
      kind: 'XEksCluster',
      namespaced: false,
      items: [
        named('spoke-x7k', { spec: { claimRef: { name: 'spoke' } } }),
        named('direct', { spec: {} }),
      ],
    });
    cluster.lists.set('/apis/acme.io/v1/xbuckets', {
      kind: 'XBucket',
      items: [named('bucket')],
    });
    cluster.lists.set(RGDS, {
      kind: 'ResourceGraphDefinition',
      namespaced: false,
      items: [
        {
          metadata: { name: 'eks' },
          spec: { schema: { apiVersion: 'v1alpha1', kind: 'EksCluster' } },
        },
      ],
    });
    cluster.lists.set('/apis/kro.run/v1alpha1/eksclusters', {
      kind: 'EksCluster',
      items: [named('by-kro', { spec: {}, status: { state: 'ACTIVE' } })],
    });
    await seconds(31);
    expect(keys('Claim').sort()).toEqual([
      'EksCluster/by-kro',
      'EksCluster/spoke',
      'XEksCluster/direct',
    ]);
    cluster.watches
      .get('/apis/acme.io/v1/eksclusters')!
      .event('ADDED', named('second', { kind: 'EksCluster', spec: {} }));
    await clock.advance(0);
    expect(keys('Claim')).toContain('EksCluster/second');

    for (const path of [...cluster.lists.keys()]) {
      if (!path.startsWith(CAPI)) cluster.lists.delete(path);
    }
    await seconds(31);
    expect(keys('Claim')).toEqual([]);
    expect(statusOf('Claim')).toBe('live');
    const before = cluster.requests.length;
    await seconds(60);
    expect(cluster.requests.slice(before).join()).not.toMatch(/acme|kro/);
  });

  it('looks for a kind as soon as it is defined, until it is served, and forgets it with its definition', async () => {
    cluster.lists.set(XRDS, { kind: '', namespaced: false, items: [] });
    await start();
    await seconds(5);
    const definition = xrd('acme.io', 'EksCluster');
    const tell = (type: string, object: KubernetesObject) =>
      cluster.watches.get(XRDS)!.event(type, {
        ...object,
        metadata: { ...object.metadata, resourceVersion: '8' },
      });
    tell('ADDED', definition);
    // Crossplane makes its CRD some moments later.
    await seconds(2);
    expect(keys('Claim')).toEqual([]);
    cluster.lists.set('/apis/acme.io/v1/eksclusters', {
      kind: 'EksCluster',
      items: [named('spoke')],
    });
    await seconds(3);
    expect(keys('Claim')).toEqual(['EksCluster/spoke']);

    // Another kind of the same group, whose API is there already.
    tell('ADDED', xrd('acme.io', 'AksCluster'));
    await clock.advance(0);
    expect(statusOf('Claim')).toBe('live');
    cluster.lists.set('/apis/acme.io/v1/aksclusters', {
      kind: 'AksCluster',
      items: [named('other')],
    });
    await seconds(2);
    expect(keys('Claim')).toEqual(['EksCluster/spoke', 'AksCluster/other']);

    const discoveries = () =>
      cluster.requests.filter(path => path === '/apis').length;
    const before = discoveries();
    // Crossplane writes the state of its definitions again and again.
    for (let turn = 0; turn < 100; turn++) {
      tell('MODIFIED', { ...definition, status: { conditions: [{ turn }] } });
    }
    await clock.advance(0);
    expect(discoveries()).toBe(before);
    tell('DELETED', definition);
    await clock.advance(0);
    expect(keys('Claim')).toEqual(['AksCluster/other']);
  });

  it('asks less and less often for a kind that is defined and never served', async () => {
    cluster.lists.set(XRDS, {
      kind: '',
      items: [xrd('acme.io', 'EksCluster')],
    });
    await start();
    await seconds(600);
    const discoveries = cluster.requests.filter(path => path === '/apis');
    expect(discoveries.length).toBeLessThanOrEqual(2 + 5 + 600 / 30);
    expect(statusOf('Claim')).toBe('live');
  });

  it('takes the kinds that the configuration names', async () => {
    cluster.lists.set(XRDS, {
      kind: 'CompositeResourceDefinition',
      items: [xrd('acme.io', 'Spoke'), xrd('acme.io', 'Cluster')],
    });
    cluster.lists.set('/apis/acme.io/v1/spokes', {
      kind: 'Spoke',
      items: [named('a')],
    });
    cluster.lists.set('/apis/acme.io/v1/clusters', {
      kind: 'Cluster',
      items: [named('b')],
    });
    await start(['Spoke.acme.io']);
    expect(keys('Claim')).toEqual(['Spoke/a']);
  });

  it('reads the rest where it may not read definitions or a kind, and says which rule is missing', async () => {
    cluster.lists.set(`${CAPI}/clusters`, {
      kind: 'Cluster',
      items: [named('spoke')],
    });
    cluster.lists.set(XRDS, { kind: 'CompositeResourceDefinition', items: [] });
    cluster.fault = path => (path === XRDS ? status(403, 'no') : undefined);
    await start();
    expect(keys('Claim')).toEqual(['Cluster/spoke']);
    expect(run.copy.states.get('Claim')).toMatchObject({
      status: 'unauthorized',
      message: expect.stringMatching(
        /compositeresourcedefinitions.*ClusterRole.*apiGroups: \["apiextensions\.crossplane\.io"\]/,
      ),
    });
    cluster.fault = undefined;
    await seconds(31);
    expect(statusOf('Claim')).toBe('live');
  });

  it('keeps what it has while the hub is down', async () => {
    cluster.lists.set(`${CAPI}/clusters`, {
      kind: 'Cluster',
      items: [named('spoke')],
    });
    await start();
    cluster.fault = () => networkError('ECONNREFUSED');
    cluster.watches.get(`${CAPI}/clusters`)!.break();
    await seconds(300);
    expect(keys('Claim')).toEqual(['Cluster/spoke']);
    expect(statusOf('Claim')).toBe('unreachable');
    cluster.fault = undefined;
    await seconds(31);
    expect(statusOf('Claim')).toBe('live');

    await run.stop();
    expect(clock.waiting).toBe(0);
  });
});
