import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { testStore } from './__testUtils__/objects';
import { claimsOfHub } from './claims';

const label = { 'cluster.x-k8s.io/cluster-name': 'oslo' };

/** A Cluster with a control plane and machines, as the projection leaves them. */
const objects = {
  Claim: [
    {
      apiVersion: 'cluster.x-k8s.io/v1beta2',
      kind: 'Cluster',
      metadata: { name: 'oslo', namespace: 'fleet' },
    },
  ],
  ClaimPart: [
    {
      apiVersion: 'cluster.x-k8s.io/v1beta2',
      kind: 'MachineDeployment',
      metadata: { name: 'oslo-md-0', namespace: 'fleet' },
      spec: { clusterName: 'oslo', replicas: 3, version: 'v1.33.1' },
      status: { readyReplicas: 2, upToDateReplicas: 1 },
    },
    {
      apiVersion: 'controlplane.cluster.x-k8s.io/v1beta1',
      kind: 'KubeadmControlPlane',
      metadata: { name: 'oslo-cp', namespace: 'fleet', labels: label },
      spec: { replicas: 3, version: 'v1.33.1' },
      status: { readyReplicas: 3, updatedReplicas: 3, version: 'v1.33.0' },
    },
    {
      apiVersion: 'cluster.x-k8s.io/v1beta2',
      kind: 'MachineDeployment',
      metadata: { name: 'other', namespace: 'elsewhere' },
      spec: { clusterName: 'oslo', replicas: 1 },
    },
  ],
} satisfies Record<string, KubernetesObject[]>;

describe('claimsOfHub', () => {
  it('tells of the machines of a Cluster, in its own namespace', () => {
    const store = testStore();
    store.sink('eu').replace('Claim', objects.Claim);
    store.sink('eu').replace('ClaimPart', objects.ClaimPart);
    expect(claimsOfHub(store, 'eu')[0].claim.parts).toEqual([
      {
        kind: 'KubeadmControlPlane',
        name: 'oslo-cp',
        role: 'control-plane',
        desired: 3,
        ready: 3,
        upToDate: 3,
        version: 'v1.33.0',
      },
      {
        kind: 'MachineDeployment',
        name: 'oslo-md-0',
        role: 'workers',
        desired: 3,
        ready: 2,
        upToDate: 1,
        version: 'v1.33.1',
      },
    ]);
  });

  it('remembers that a claim was ready: it is degraded afterwards, and a new one is being made', () => {
    const xr = (ready: string, uid: string): KubernetesObject => ({
      apiVersion: 'platform.example/v1',
      kind: 'XCluster',
      metadata: { name: 'rome', uid },
      spec: { crossplane: {} },
      provisioningSource: 'crossplane-xr',
      status: {
        conditions: [
          { type: 'Synced', status: 'True' },
          { type: 'Ready', status: ready, reason: 'Creating' },
        ],
      },
    });
    const store = testStore();
    const state = () => claimsOfHub(store, 'eu')[0].claim.state;
    const eu = store.sink('eu');
    eu.upsert('Claim', xr('False', '1'));
    expect(state()).toBe('provisioning');
    eu.upsert('Claim', xr('True', '1'));
    expect(state()).toBe('ready');
    eu.upsert('Claim', xr('False', '1'));
    expect(state()).toBe('degraded');
    eu.upsert('Claim', xr('False', '2'));
    expect(state()).toBe('provisioning');
  });
});
