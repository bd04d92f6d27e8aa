import { Case, cluster, condition, SINCE } from './__testUtils__/clusters';
import { clusterApiV1beta1Status } from './clusterApiV1beta1';

describe('clusterApiV1beta1Status', () => {
  const initialized = condition('ControlPlaneInitialized', 'True');
  const of = (
    conditions: object[],
    rest: object = {},
    object: { metadata?: object; spec?: object } = {},
  ) =>
    cluster('v1beta1', { phase: 'Provisioned', conditions, ...rest }, object);

  it.each<Case>([
    [
      'nothing reported',
      cluster('v1beta1', undefined),
      'unknown',
      { sentence: 'Cluster API has not reported yet.' },
    ],
    [
      'Pending',
      of([initialized], { phase: 'Pending' }),
      'provisioning',
      { sentence: 'Is being made.' },
    ],
    [
      'Provisioning',
      of(
        [
          condition('Ready', 'False', {
            severity: 'Info',
            reason: 'WaitingForInfrastructure',
          }),
        ],
        { phase: 'Provisioning' },
      ),
      'provisioning',
      {
        reason: 'WaitingForInfrastructure',
        sentence: 'Is being made.',
        since: SINCE,
      },
    ],
    [
      'Provisioned without a control plane',
      of([
        condition('ControlPlaneInitialized', 'False', {
          severity: 'Info',
          reason: 'WaitingForControlPlaneProviderInitialized',
          message: 'waiting',
        }),
      ]),
      'provisioning',
      {
        reason: 'WaitingForControlPlaneProviderInitialized',
        sentence: 'Is being made: waiting',
      },
    ],
    [
      'ready',
      of([initialized, condition('Ready', 'True')]),
      'ready',
      { sentence: 'Control plane and workers are ready.', since: SINCE },
    ],
    [
      'ready flags that are never reset',
      of(
        [
          initialized,
          condition('Ready', 'False', {
            severity: 'Warning',
            reason: 'NodesUnhealthy',
            message: '2 nodes',
          }),
        ],
        { infrastructureReady: true, controlPlaneReady: true },
      ),
      'degraded',
      { reason: 'NodesUnhealthy', sentence: 'Is not ready any more: 2 nodes' },
    ],
    [
      'a change under way',
      of([
        initialized,
        condition('Ready', 'False', { severity: 'Info', reason: 'ScalingUp' }),
      ]),
      'provisioning',
      { reason: 'ScalingUp', sentence: 'Is being changed.' },
    ],
    [
      'phase Failed',
      of([initialized], { phase: 'Failed' }),
      'failed',
      { reason: 'Failed', sentence: 'Cannot be made.' },
    ],
    [
      'a failure reason',
      of([], { failureReason: 'CreateError', failureMessage: 'no quota' }),
      'failed',
      { reason: 'CreateError', sentence: 'Cannot be made: no quota' },
    ],
    [
      'Ready False with severity Error',
      of([
        initialized,
        condition('Ready', 'False', { severity: 'Error', reason: 'X' }),
      ]),
      'failed',
      { reason: 'X', sentence: 'Cannot be made.' },
    ],
    [
      'Ready Unknown',
      of([initialized, condition('Ready', 'Unknown')]),
      'unknown',
      { sentence: 'Does not say whether it is ready.' },
    ],
    [
      'Ready missing',
      of([initialized]),
      'unknown',
      { sentence: 'Does not say whether it is ready.' },
    ],
    [
      'no connection, in the newer conditions',
      of([initialized, condition('Ready', 'True')], {
        v1beta2: {
          conditions: [condition('RemoteConnectionProbe', 'False')],
          workers: { desiredReplicas: 2, availableReplicas: 0 },
        },
      }),
      'unreachable',
      {
        sentence: 'Cluster API cannot connect to it.',
        progress: { done: 0, total: 2, of: 'machines' },
      },
    ],
    [
      'paused in the spec',
      of([initialized], {}, { spec: { paused: true } }),
      'paused',
      { sentence: 'Cluster API is told to leave it alone.' },
    ],
    [
      'paused by annotation',
      of(
        [initialized],
        {},
        { metadata: { annotations: { 'cluster.x-k8s.io/paused': 'true' } } },
      ),
      'paused',
      { sentence: 'Cluster API is told to leave it alone.' },
    ],
    [
      'deleting by phase',
      of([initialized], { phase: 'Deleting' }),
      'deleting',
      { sentence: 'Is being deleted.' },
    ],
    [
      'deleting by time',
      of(
        [initialized, condition('Ready', 'True')],
        {},
        { metadata: { deletionTimestamp: SINCE } },
      ),
      'deleting',
      { sentence: 'Is being deleted.', since: SINCE },
    ],
  ])('%s', (_case, object, state, expected) => {
    expect(clusterApiV1beta1Status(object)).toMatchObject({
      state,
      ...expected,
    });
  });
});
