import { readFileSync } from 'fs';
import path from 'path';
import { gunzipSync } from 'zlib';
import type { KubernetesObject } from '../model/kubernetes';
import { applicationState } from './application';
import { applicationRevisions } from './applicationVersions';

/** Objects as a running Argo CD wrote them. */
const recorded: Record<string, { about: string; object: KubernetesObject }> =
  JSON.parse(
    gunzipSync(
      readFileSync(path.join(__dirname, 'testdata/argocd-objects.json.gz')),
    ).toString('utf8'),
  );

// state, health, sync, automated sync
const expected: Record<string, [string, string, string, boolean]> = {
  'application-auto-pruned': ['healthy', 'Healthy', 'Synced', true],
  'application-bad-path': ['unknown', 'Healthy', 'Unknown', true],
  'application-bad-repo': ['unknown', 'Healthy', 'Unknown', true],
  'application-bad-rev': ['unknown', 'Healthy', 'Unknown', true],
  'application-bad-token': ['unknown', 'Healthy', 'Unknown', true],
  'application-bad-yaml': ['unknown', 'Healthy', 'Unknown', true],
  'application-cluster-back': ['healthy', 'Healthy', 'Synced', false],
  'application-cluster-lost': ['healthy', 'Healthy', 'Synced', false],
  'application-cluster-lost-controller-restarted': [
    'healthy',
    'Healthy',
    'Synced',
    false,
  ],
  'application-cluster-lost-sync-requested': [
    'unknown',
    'Healthy',
    'Synced',
    false,
  ],
  'application-comparison-error-permission': [
    'unknown',
    'Healthy',
    'Unknown',
    false,
  ],
  'application-dead-cluster': ['unknown', 'Healthy', 'Unknown', true],
  'application-degraded': ['degraded', 'Degraded', 'Synced', true],
  'application-degraded-progressing-first': [
    'progressing',
    'Progressing',
    'Synced',
    true,
  ],
  'application-deleting': ['progressing', 'Healthy', 'Synced', true],
  'application-deleting-last': ['progressing', 'Missing', 'OutOfSync', true],
  'application-dropped-by-applicationset': [
    'progressing',
    'Missing',
    'OutOfSync',
    false,
  ],
  'application-finalizer': ['healthy', 'Healthy', 'Synced', true],
  'application-generated-no-status': ['unknown', 'Unknown', 'Unknown', false],
  'application-hook-fail': ['missing', 'Missing', 'OutOfSync', true],
  'application-hook-fail-retrying': ['missing', 'Missing', 'OutOfSync', true],
  'application-hooks': ['healthy', 'Healthy', 'Synced', true],
  'application-hooks-running-postsync': [
    'progressing',
    'Healthy',
    'Synced',
    true,
  ],
  'application-hooks-running-presync': [
    'missing',
    'Missing',
    'OutOfSync',
    true,
  ],
  'application-invalid-object': ['missing', 'Missing', 'OutOfSync', true],
  'application-manual': ['missing', 'Missing', 'OutOfSync', false],
  'application-manual-drift': ['out-of-sync', 'Healthy', 'OutOfSync', false],
  'application-manual-live-resource-deleted': [
    'out-of-sync',
    'Healthy',
    'OutOfSync',
    false,
  ],
  'application-manual-operation-requested': [
    'missing',
    'Missing',
    'OutOfSync',
    false,
  ],
  'application-manual-partial-sync': [
    'out-of-sync',
    'Healthy',
    'OutOfSync',
    false,
  ],
  'application-manual-refresh-annotation': [
    'out-of-sync',
    'Healthy',
    'OutOfSync',
    false,
  ],
  'application-manual-synced': ['healthy', 'Healthy', 'Synced', false],
  'application-no-namespace': ['missing', 'Missing', 'OutOfSync', true],
  'application-operation-requested': [
    'progressing',
    'Healthy',
    'OutOfSync',
    false,
  ],
  'application-operation-running-1': [
    'progressing',
    'Healthy',
    'OutOfSync',
    false,
  ],
  'application-operation-running-3': [
    'progressing',
    'Progressing',
    'Synced',
    false,
  ],
  'application-operation-running-last': [
    'progressing',
    'Progressing',
    'Synced',
    false,
  ],
  'application-operation-succeeded-not-yet-compared': [
    'out-of-sync',
    'Healthy',
    'OutOfSync',
    false,
  ],
  'application-outofsync-after-commit': [
    'out-of-sync',
    'Healthy',
    'OutOfSync',
    false,
  ],
  'application-outofsync-missing': ['missing', 'Missing', 'OutOfSync', false],
  'application-project-denied': ['unknown', 'Unknown', 'Unknown', true],
  'application-project-missing': ['unknown', 'Unknown', 'Unknown', true],
  'application-repo-down': ['unknown', 'Healthy', 'Unknown', true],
  'application-requires-pruning': [
    'out-of-sync',
    'Healthy',
    'OutOfSync',
    false,
  ],
  'application-rollout-degraded': ['degraded', 'Degraded', 'Synced', false],
  'application-shared-1': ['healthy', 'Healthy', 'Synced', true],
  'application-shared-2': ['out-of-sync', 'Healthy', 'OutOfSync', true],
  'application-suspended': ['suspended', 'Suspended', 'Synced', false],
  'application-sync-failed': ['out-of-sync', 'Healthy', 'OutOfSync', false],
  'application-sync-failed-retrying': [
    'progressing',
    'Healthy',
    'OutOfSync',
    false,
  ],
  'application-synced-healthy': ['healthy', 'Healthy', 'Synced', false],
  'application-synced-healthy-after-rollout': [
    'healthy',
    'Healthy',
    'Synced',
    false,
  ],
  'application-synced-progressing': [
    'progressing',
    'Progressing',
    'Synced',
    false,
  ],
  'application-unknown-cluster': ['unknown', 'Unknown', 'Unknown', true],
  'application-unknown-kind': ['missing', 'Missing', 'OutOfSync', true],
  'application-unknown-name': ['unknown', 'Unknown', 'Unknown', true],
};

describe('applicationState', () => {
  const names = Object.keys(recorded).filter(name =>
    name.startsWith('application-'),
  );

  it('has an expectation for every recorded Application', () => {
    expect(Object.keys(expected).sort()).toEqual(names.sort());
  });

  it.each(names)('reads the recorded %s', name => {
    const { state, health, sync, automatedSync } = applicationState(
      recorded[name].object,
    );
    expect([state, health, sync, automatedSync]).toEqual(expected[name]);
  });

  it('lists what differs, conditions and the operation', () => {
    const drift = applicationState(recorded['application-manual-drift'].object);
    expect(drift.differing).toEqual(['ConfigMap/shop-config']);
    expect(drift.resources).toBe(2);
    expect(drift.syncedAt).toBeDefined();

    const failed = applicationState(recorded['application-sync-failed'].object);
    expect(failed.operation).toMatchObject({ phase: 'Failed' });
    expect(failed.operation?.message).toMatch(/./);

    const badPath = applicationState(recorded['application-bad-path'].object);
    expect(badPath.conditions.map(({ type }) => type)).toEqual([
      'ComparisonError',
    ]);
  });

  const healthy = {
    metadata: { name: 'a', namespace: 'argocd' },
    spec: { syncPolicy: { automated: {} } },
    status: {
      health: { status: 'Healthy' },
      sync: { status: 'Synced', revision: 'new' },
    },
  };
  const failure = (revision: string, message: string) => ({
    ...healthy,
    status: {
      ...healthy.status,
      operationState: {
        phase: 'Failed',
        message,
        syncResult: { revision },
      },
    },
  });

  it.each([
    ['nothing at all', { metadata: { name: 'a' } }, 'unknown'],
    ['at rest', healthy, 'healthy'],
    [
      'a failed PostSync hook on the current revision',
      failure('new', 'one or more synchronization tasks completed'),
      'degraded',
    ],
    [
      'an older failure',
      failure('old', 'one or more tasks are not valid'),
      'healthy',
    ],
    [
      'a cluster that did not answer the sync',
      failure('new', 'dial tcp 10.0.0.1:6443: connect: connection refused'),
      'unknown',
    ],
    [
      'a deletion that fails',
      {
        ...healthy,
        metadata: { ...healthy.metadata, deletionTimestamp: 'now' },
        status: { ...healthy.status, conditions: [{ type: 'DeletionError' }] },
      },
      'degraded',
    ],
    [
      'a health that Argo CD does not know',
      {
        ...healthy,
        status: { ...healthy.status, health: { status: 'Splendid' } },
      },
      'unknown',
    ],
  ])('%s', (_name, object, state) => {
    expect(applicationState(object as KubernetesObject).state).toBe(state);
  });
});

describe('applicationRevisions', () => {
  it('says what was applied last while the Application is out of sync', () => {
    const drift = applicationRevisions(
      recorded['application-manual-drift'].object,
    );
    expect(drift.comparedRevisions).toHaveLength(1);
    expect(drift.syncedImages).toEqual(['registry.example.com/shop:1.2.0']);

    const outOfSync = recorded['application-outofsync-after-commit'].object;
    const { syncedRevisions, comparedRevisions } =
      applicationRevisions(outOfSync);
    expect(comparedRevisions).toEqual([outOfSync.status.sync.revision]);
    expect(syncedRevisions).toEqual([
      outOfSync.status.history.at(-1)!.revision,
    ]);
    expect(syncedRevisions).not.toEqual(comparedRevisions);
  });

  it('takes the compared revision where the Application is Synced', () => {
    const { object } = recorded['application-synced-healthy'];
    expect(applicationRevisions(object).syncedRevisions).toEqual([
      object.status.sync.revision,
    ]);
  });

  it('says nothing of an Application without a status', () => {
    expect(applicationRevisions({ metadata: { name: 'a' } })).toEqual({
      runningImages: [],
      syncedImages: [],
      syncedRevisions: [],
      comparedRevisions: [],
    });
  });

  it('reads one revision for each of several sources', () => {
    expect(
      applicationRevisions({
        metadata: { name: 'a' },
        status: {
          sync: { status: 'Synced', revisions: ['one', 'two'] },
          summary: { images: ['r/a:1'] },
        },
      }),
    ).toMatchObject({
      syncedRevisions: ['one', 'two'],
      runningImages: ['r/a:1'],
    });
  });
});
