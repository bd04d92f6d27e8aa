import type { KubernetesObject } from '../../model/kubernetes';
import { provisioningSource, provisioningStatus } from './provisioningStatus';

const object = (
  apiVersion: string,
  kind: string,
  rest: object = {},
): KubernetesObject => ({ apiVersion, kind, metadata: { name: 'a' }, ...rest });
const ready = [{ type: 'Ready', status: 'True' }];

describe('provisioningStatus', () => {
  it.each<[KubernetesObject, string | undefined]>([
    [object('cluster.x-k8s.io/v1beta1', 'Cluster'), 'cluster-api'],
    [object('cluster.x-k8s.io/v1beta2', 'Cluster'), 'cluster-api'],
    [object('cluster.x-k8s.io/v1beta2', 'Machine'), undefined],
    [object('kro.run/v1alpha1', 'EksCluster'), 'kro'],
    [
      object('acme.example/v1', 'EksCluster', {
        metadata: { name: 'a', labels: { 'kro.run/owned': 'true' } },
        status: { state: 'ACTIVE' },
      }),
      'kro',
    ],
    [
      object('acme.example/v1', 'XCluster', { spec: { crossplane: {} } }),
      'crossplane-xr',
    ],
    [
      object('acme.example/v1', 'XCluster', { spec: { claimRef: {} } }),
      'crossplane-xr',
    ],
    [
      object('acme.example/v1', 'EKSCluster', { spec: { resourceRef: {} } }),
      'crossplane-claim',
    ],
    [object('acme.example/v1', 'EKSCluster', { spec: {} }), undefined],
  ])('knows what makes %j', (subject, source) => {
    expect(provisioningSource(subject)).toBe(source);
  });

  it('follows the version of Cluster API, and what the caller knows', () => {
    const available = {
      status: {
        initialization: {
          infrastructureProvisioned: true,
          controlPlaneInitialized: true,
        },
        conditions: [
          { type: 'Available', status: 'True' },
          { type: 'Ready', status: 'False', severity: 'Error' },
        ],
      },
    };
    const status = (version: string) =>
      provisioningStatus(
        object(`cluster.x-k8s.io/${version}`, 'Cluster', available),
      ).state;
    expect([status('v1beta1'), status('v1beta2')]).toEqual(['failed', 'ready']);

    const bare = object('acme.example/v1', 'EKSCluster', {
      status: { conditions: ready },
    });
    expect(provisioningStatus(bare)).toEqual({
      state: 'unknown',
      sentence: 'What makes objects of kind EKSCluster is not known.',
    });
    for (const source of ['crossplane-claim', 'crossplane-xr', 'kro'] as const)
      expect(provisioningStatus(bare, { source }).state).toBe('ready');
  });
});
