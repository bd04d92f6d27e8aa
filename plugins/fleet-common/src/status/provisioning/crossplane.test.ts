import type { KubernetesObject } from '../../model/kubernetes';
import { crossplaneClaimStatus } from './crossplaneClaim';
import { crossplaneXrStatus } from './crossplaneXr';
import type { ProvisioningState } from './types';

const SINCE = '2026-10-01T08:00:00Z';
const synced = { type: 'Synced', status: 'True', reason: 'ReconcileSuccess' };
const condition = (
  type: string,
  status: string,
  reason: string,
  message?: string,
) => ({
  type,
  status,
  reason,
  lastTransitionTime: SINCE,
  ...(message ? { message } : {}),
});

const object = (
  conditions: object[] | undefined,
  rest: { metadata?: object; spec?: object } = {},
): KubernetesObject => ({
  apiVersion: 'platform.example.com/v1',
  kind: 'SpokeCluster',
  metadata: { name: 'spoke', ...rest.metadata },
  spec: rest.spec ?? {},
  ...(conditions ? { status: { conditions } } : {}),
});

/** Cases that differ only in the reason of a cluster that is being made. */
const shared = (
  making: string,
): Array<[string, KubernetesObject, boolean, ProvisioningState, object]> => [
  [
    'nothing reported',
    object(undefined),
    false,
    'unknown',
    { sentence: 'Crossplane has not reported yet.' },
  ],
  [
    'synced only',
    object([synced]),
    false,
    'unknown',
    { sentence: 'Crossplane has not reported yet.' },
  ],
  [
    'ready',
    object([synced, condition('Ready', 'True', 'Available')]),
    false,
    'ready',
    {
      reason: 'Available',
      sentence: 'All its resources are ready.',
      since: SINCE,
    },
  ],
  [
    'being made',
    object([
      synced,
      condition(
        'Ready',
        'False',
        making,
        'Composite resource claim is waiting',
      ),
    ]),
    false,
    'provisioning',
    {
      reason: making,
      sentence: 'Is being made: Composite resource claim is waiting',
    },
  ],
  [
    'ready before, being made again',
    object([synced, condition('Ready', 'False', making)]),
    true,
    'degraded',
    { reason: making, sentence: 'Is not ready any more.' },
  ],
  [
    'unavailable',
    object([synced, condition('Ready', 'False', 'Unavailable')]),
    false,
    'degraded',
    { reason: 'Unavailable' },
  ],
  [
    'Ready Unknown',
    object([synced, condition('Ready', 'Unknown', 'X')]),
    false,
    'unknown',
    { sentence: 'Does not say whether it is ready.' },
  ],
  [
    'an error, though ready before',
    object([
      condition(
        'Synced',
        'False',
        'ReconcileError',
        'cannot compose: no such field',
      ),
      condition('Ready', 'True', 'Available'),
    ]),
    true,
    'failed',
    {
      reason: 'ReconcileError',
      sentence: 'Cannot be carried out: cannot compose: no such field',
    },
  ],
  [
    'out of sync for another reason',
    object([condition('Synced', 'False', 'Other')]),
    false,
    'degraded',
    { reason: 'Other' },
  ],
  [
    'paused',
    object([
      condition('Synced', 'False', 'ReconcilePaused'),
      condition('Ready', 'True', 'Available'),
    ]),
    false,
    'paused',
    {
      reason: 'ReconcilePaused',
      sentence: 'Crossplane is told to leave it alone.',
    },
  ],
  [
    'paused by annotation, not seen yet',
    object([synced], {
      metadata: { annotations: { 'crossplane.io/paused': 'true' } },
    }),
    false,
    'paused',
    { sentence: 'Crossplane is told to leave it alone.' },
  ],
  [
    'deleting by time',
    object([synced, condition('Ready', 'True', 'Available')], {
      metadata: { deletionTimestamp: '2026-10-02T08:00:00Z' },
    }),
    false,
    'deleting',
    { since: '2026-10-02T08:00:00Z' },
  ],
  [
    'deleting by reason',
    object([synced, condition('Ready', 'False', 'Deleting')]),
    false,
    'deleting',
    { reason: 'Deleting', sentence: 'Is being deleted.', since: SINCE },
  ],
];

describe('crossplaneClaimStatus', () => {
  it.each(shared('Waiting'))(
    '%s',
    (_case, claim, wasReady, state, expected) => {
      expect(crossplaneClaimStatus(claim, { wasReady })).toMatchObject({
        state,
        ...expected,
      });
    },
  );

  it('does not take the reason of a composite for its own', () => {
    const claim = object([synced, condition('Ready', 'False', 'Creating')]);
    expect(crossplaneClaimStatus(claim).state).toBe('degraded');
  });
});

describe('crossplaneXrStatus', () => {
  it.each(shared('Creating'))('%s', (_case, xr, wasReady, state, expected) => {
    expect(crossplaneXrStatus(xr, { wasReady })).toMatchObject({
      state,
      ...expected,
    });
  });

  const refs = (count: number) => Array.from({ length: count }, () => ({}));
  it.each<[string, object, string, object | undefined]>([
    [
      'one',
      { crossplane: { resourceRefs: refs(3) } },
      'Unready resources: cluster',
      { done: 2, total: 3, of: 'resources' },
    ],
    [
      'two',
      { resourceRefs: refs(3) },
      'Unready resources: cluster, and nodes',
      { done: 1, total: 3, of: 'resources' },
    ],
    [
      'many',
      { crossplane: { resourceRefs: refs(12) } },
      'Unready resources: a, b, c, and 4 more',
      { done: 5, total: 12, of: 'resources' },
    ],
    [
      'more than there are references',
      { crossplane: { resourceRefs: refs(1) } },
      'Unready resources: a, b',
      { done: 0, total: 2, of: 'resources' },
    ],
    [
      'a message that names none',
      { crossplane: { resourceRefs: refs(2) } },
      'Waiting for a function',
      undefined,
    ],
    ['no references', { crossplane: {} }, 'Unready resources: a', undefined],
  ])('counts %s', (_case, spec, message, progress) => {
    const xr = object(
      [synced, condition('Ready', 'False', 'Creating', message)],
      { spec },
    );
    expect(crossplaneXrStatus(xr).progress).toEqual(progress);
  });

  it('counts all of them when it is ready', () => {
    const xr = object([synced, condition('Ready', 'True', 'Available')], {
      spec: { crossplane: { resourceRefs: refs(4) } },
    });
    expect(crossplaneXrStatus(xr).progress).toEqual({
      done: 4,
      total: 4,
      of: 'resources',
    });
  });
});
