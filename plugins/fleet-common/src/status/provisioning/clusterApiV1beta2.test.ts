import { Case, cluster, condition, SINCE } from './__testUtils__/clusters';
import { clusterApiV1beta2Status } from './clusterApiV1beta2';

describe('clusterApiV1beta2Status', () => {
  const of = (
    conditions: object[],
    rest: object = {},
    object: { metadata?: object; spec?: object } = {},
  ) =>
    cluster(
      'v1beta2',
      {
        phase: 'Provisioned',
        initialization: {
          infrastructureProvisioned: true,
          controlPlaneInitialized: true,
        },
        conditions,
        ...rest,
      },
      object,
    );
  const available = condition('Available', 'True', { reason: 'Available' });
  const machines = {
    controlPlane: { desiredReplicas: 3, availableReplicas: 3 },
    workers: { desiredReplicas: 5, availableReplicas: 4 },
  };

  it.each<Case>([
    [
      'nothing reported',
      cluster('v1beta2', undefined),
      'unknown',
      { sentence: 'Cluster API has not reported yet.' },
    ],
    [
      'infrastructure under way',
      of(
        [
          condition('InfrastructureReady', 'False', {
            reason: 'NotReady',
            message: 'VPC is being created',
          }),
        ],
        { phase: 'Provisioning', initialization: {} },
      ),
      'provisioning',
      {
        reason: 'NotReady',
        sentence: 'Its infrastructure is being made: VPC is being created',
        since: SINCE,
      },
    ],
    [
      'infrastructure there, control plane under way',
      of(
        [
          condition('ControlPlaneInitialized', 'False', {
            reason: 'NotInitialized',
          }),
        ],
        { initialization: { infrastructureProvisioned: true }, ...machines },
      ),
      'provisioning',
      {
        reason: 'NotInitialized',
        sentence: 'Its control plane is being made.',
        progress: { done: 7, total: 8, of: 'machines' },
      },
    ],
    [
      'Provisioned and not Available, which the phase does not say',
      of([
        condition('Available', 'False', {
          reason: 'NotAvailable',
          message:
            '* WorkersAvailable:\n  * MachineDeployment md0: 1 available replicas\n',
        }),
      ]),
      'degraded',
      {
        reason: 'NotAvailable',
        sentence:
          'Is not available any more: * WorkersAvailable: * MachineDeployment md0: 1 available replicas',
      },
    ],
    [
      'available',
      of([available], machines),
      'ready',
      {
        reason: 'Available',
        since: SINCE,
        sentence: 'Control plane and workers are available.',
        progress: { done: 7, total: 8, of: 'machines' },
      },
    ],
    [
      'available and rolling out',
      of([
        available,
        condition('RollingOut', 'True', {
          reason: 'RollingOut',
          message: '2 of 3 not up to date',
        }),
      ]),
      'ready',
      {
        reason: 'RollingOut',
        sentence: 'Is available, and being changed: 2 of 3 not up to date',
      },
    ],
    [
      'a topology that cannot be carried out, though available',
      of([
        available,
        condition('TopologyReconciled', 'False', {
          reason: 'ReconcileFailed',
          message: 'ClusterClass "x" not found',
        }),
      ]),
      'failed',
      {
        reason: 'ReconcileFailed',
        sentence:
          'Its topology cannot be carried out: ClusterClass "x" not found',
      },
    ],
    [
      'a topology that waits',
      of([
        available,
        condition('TopologyReconciled', 'False', {
          reason: 'ControlPlaneUpgradePending',
        }),
      ]),
      'ready',
      {
        reason: 'Available',
        sentence: 'Control plane and workers are available.',
      },
    ],
    [
      'no connection',
      of([
        condition('Available', 'False'),
        condition('RemoteConnectionProbe', 'False', {
          reason: 'ProbeFailed',
          message: 'Remote connection probe failed',
        }),
      ]),
      'unreachable',
      {
        reason: 'ProbeFailed',
        sentence:
          'Cluster API cannot connect to it: Remote connection probe failed',
      },
    ],
    [
      'Available Unknown',
      of([condition('Available', 'Unknown', { reason: 'InternalError' })]),
      'unknown',
      {
        reason: 'InternalError',
        sentence: 'Does not say whether it is available.',
      },
    ],
    [
      'only the conditions of v1beta1',
      of([condition('Ready', 'True')]),
      'unknown',
      { sentence: 'Does not say whether it is available.' },
    ],
    [
      'a phase Failed, which means nothing here',
      of([available], { phase: 'Failed' }),
      'ready',
      { sentence: 'Control plane and workers are available.' },
    ],
    [
      'paused in the spec',
      of([available], {}, { spec: { paused: true } }),
      'paused',
      { sentence: 'Cluster API is told to leave it alone.' },
    ],
    [
      'paused by annotation',
      of(
        [available],
        {},
        { metadata: { annotations: { 'cluster.x-k8s.io/paused': '' } } },
      ),
      'paused',
      { sentence: 'Cluster API is told to leave it alone.' },
    ],
    [
      'paused by condition',
      of([available, condition('Paused', 'True')]),
      'paused',
      { sentence: 'Cluster API is told to leave it alone.' },
    ],
    [
      'deleting, with its stage',
      of(
        [
          available,
          condition('Deleting', 'True', {
            reason: 'WaitingForWorkersDeletion',
            message: 'MachineDeployment md0',
          }),
        ],
        { phase: 'Deleting' },
        { metadata: { deletionTimestamp: '2026-10-02T08:00:00Z' } },
      ),
      'deleting',
      {
        reason: 'WaitingForWorkersDeletion',
        sentence: 'Is being deleted: MachineDeployment md0',
        since: '2026-10-02T08:00:00Z',
      },
    ],
    [
      'deleting and paused',
      of(
        [],
        {},
        { metadata: { deletionTimestamp: SINCE }, spec: { paused: true } },
      ),
      'deleting',
      {
        sentence:
          'Is to be deleted, and paused: nothing is deleted until it goes on.',
      },
    ],
  ])('%s', (_case, object, state, expected) => {
    expect(clusterApiV1beta2Status(object)).toMatchObject({
      state,
      ...expected,
    });
  });
});
