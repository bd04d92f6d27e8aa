import type { KubernetesObject } from '../../model/kubernetes';
import { kroStatus } from './kro';
import type { ProvisioningState } from './types';

const SINCE = '2026-10-01T08:00:00Z';
const condition = (
  type: string,
  status: string,
  reason?: string,
  message?: string,
) => ({ type, status, lastTransitionTime: SINCE, reason, message });

const instance = (
  state: string | undefined,
  conditions: object[] = [],
  metadata: object = {},
): KubernetesObject => ({
  apiVersion: 'kro.run/v1alpha1',
  kind: 'EksCluster',
  metadata: { name: 'spoke', ...metadata },
  spec: {},
  status: { ...(state ? { state } : {}), conditions },
});

describe('kroStatus', () => {
  it.each<[string, KubernetesObject, ProvisioningState, object]>([
    [
      'nothing reported',
      { metadata: { name: 'spoke' } },
      'unknown',
      { sentence: 'KRO has not reported yet.' },
    ],
    [
      'a status that says nothing',
      instance(undefined),
      'unknown',
      { sentence: 'Does not say whether it is ready.' },
    ],
    [
      'ready',
      instance('ACTIVE', [condition('Ready', 'True', 'Ready')]),
      'ready',
      {
        reason: 'Ready',
        sentence: 'All its resources are ready.',
        since: SINCE,
      },
    ],
    [
      'in progress',
      instance('IN_PROGRESS', [
        condition('InstanceManaged', 'True'),
        condition('ResourcesReady', 'False', 'NotReady', 'cluster is CREATING'),
        condition('Ready', 'False', 'NotReady', 'see ResourcesReady'),
      ]),
      'provisioning',
      { reason: 'NotReady', sentence: 'Is being made: cluster is CREATING' },
    ],
    [
      'in progress, with conditions of the author alone',
      instance('IN_PROGRESS', [condition('NodesJoined', 'False')]),
      'provisioning',
      { reason: 'IN_PROGRESS', sentence: 'Is being made.' },
    ],
    [
      'active, with conditions of the author alone',
      instance('ACTIVE', [condition('NodesJoined', 'False')]),
      'ready',
      { reason: 'ACTIVE' },
    ],
    [
      'active, in a release that knows InstanceSynced only',
      instance('ACTIVE', [condition('InstanceSynced', 'True')]),
      'ready',
      { reason: 'ACTIVE' },
    ],
    [
      'active before its resources are ready',
      instance('ACTIVE', [
        condition('Ready', 'False', 'NotReady', 'readyWhen'),
      ]),
      'provisioning',
      { reason: 'NotReady', sentence: 'Is being made: readyWhen' },
    ],
    [
      'an error',
      instance('ERROR', [
        condition(
          'GraphResolved',
          'False',
          'ResolutionFailed',
          'no such field',
        ),
        condition('Ready', 'False'),
      ]),
      'failed',
      {
        reason: 'ResolutionFailed',
        sentence: 'Cannot be carried out: no such field',
      },
    ],
    [
      'the older word for an error',
      instance('FAILED'),
      'failed',
      { reason: 'FAILED', sentence: 'Cannot be carried out.' },
    ],
    [
      'deleting by state',
      instance('DELETING'),
      'deleting',
      { sentence: 'Is being deleted.' },
    ],
    [
      'deleting by time',
      instance('ACTIVE', [condition('Ready', 'True')], {
        deletionTimestamp: SINCE,
      }),
      'deleting',
      { since: SINCE },
    ],
    [
      'suspended',
      instance('ACTIVE', [
        condition('ResourcesReady', 'False', 'ReconciliationSuspended'),
        condition('Ready', 'False', 'ReconciliationSuspended'),
      ]),
      'paused',
      {
        reason: 'ReconciliationSuspended',
        sentence: 'KRO is told to leave it alone.',
      },
    ],
    [
      'suspended, not seen yet',
      instance('ACTIVE', [condition('Ready', 'True')], {
        annotations: { 'kro.run/reconcile': 'Suspended' },
      }),
      'paused',
      {},
    ],
    [
      'suspended in the older way',
      instance('ACTIVE', [], {
        annotations: { 'kro.run/reconcile': 'disabled' },
      }),
      'paused',
      {},
    ],
    [
      'reconciled as usual',
      instance('ACTIVE', [], {
        annotations: { 'kro.run/reconcile': 'enabled' },
      }),
      'ready',
      {},
    ],
    [
      'Ready without a state',
      instance(undefined, [condition('Ready', 'False', 'NotReady')]),
      'provisioning',
      { reason: 'NotReady' },
    ],
  ])('%s', (_case, object, state, expected) => {
    expect(kroStatus(object)).toMatchObject({ state, ...expected });
  });

  it('is degraded where it was ready before', () => {
    const object = instance('IN_PROGRESS', [condition('Ready', 'False')]);
    expect(kroStatus(object, { wasReady: true }).state).toBe('degraded');
  });
});
