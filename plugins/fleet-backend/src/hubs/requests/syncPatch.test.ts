import { syncPatch, type SyncRequest } from './syncPatch';

const SYNC: SyncRequest = { action: 'sync' };

const application = (more: {
  spec?: object;
  operation?: object;
  status?: object;
  metadata?: object;
}): any => ({
  metadata: { name: 'shop', resourceVersion: '7', ...more.metadata },
  spec: { source: { targetRevision: 'main' }, ...more.spec },
  operation: more.operation,
  status: more.status,
});

describe('syncPatch', () => {
  it('asks as Argo CD does: with the options and retries of the policy, and only of what was read', () => {
    const syncPolicy = {
      syncOptions: ['CreateNamespace=true'],
      retry: { limit: 3 },
    };
    expect(
      syncPatch(
        application({
          spec: { syncPolicy },
          status: { operationState: { phase: 'Succeeded' } },
        }),
        { action: 'sync', revision: 'v2', prune: true },
        'user:default/ada',
      ),
    ).toEqual({
      metadata: { resourceVersion: '7' },
      operation: {
        initiatedBy: { username: 'user:default/ada' },
        info: [{ name: 'Requested in', value: 'Backstage' }],
        retry: { limit: 3 },
        sync: {
          syncStrategy: { hook: {} },
          revision: 'v2',
          prune: true,
          syncOptions: ['CreateNamespace=true'],
        },
      },
      status: { operationState: null },
    });
  });

  it('says no more than what is asked for', () => {
    const patch: any = syncPatch(application({}), SYNC, 'user:default/ada');
    expect(patch.operation.sync).toEqual({ syncStrategy: { hook: {} } });
    expect(patch.operation.retry).toEqual({});
  });

  it.each([
    [
      'runs',
      {
        operation: {},
        status: {
          operationState: {
            phase: 'Running',
            startedAt: '2026-01-01T10:00:00Z',
            operation: { initiatedBy: { username: 'bob' } },
          },
        },
      },
      /under way since 2026-01-01T10:00:00Z, by bob: wait/,
    ],
    [
      'is being terminated',
      { status: { operationState: { phase: 'Terminating', startedAt: 'x' } } },
      /under way since x: wait/,
    ],
    [
      'was asked for and has not begun',
      {
        operation: { initiatedBy: { automated: true } },
        status: { operationState: { phase: 'Failed' } },
      },
      /asked for already, by its automated policy; it has not begun yet/,
    ],
    [
      'is of an Application that goes',
      { metadata: { deletionTimestamp: '2026-01-01T10:00:00Z' } },
      /being deleted since 2026-01-01T10:00:00Z/,
    ],
  ])('refuses a second one while one %s', (_what, more, message) => {
    expect(() => syncPatch(application(more), SYNC, 'u')).toThrow(
      expect.objectContaining({
        name: 'ConflictError',
        message: expect.stringMatching(message),
      }),
    );
  });

  const automated = { syncPolicy: { automated: {} } };
  const sync = (revision: string, spec: object) => () =>
    syncPatch(application({ spec }), { ...SYNC, revision }, 'u');

  it.each([
    ['main', automated],
    ['HEAD', { ...automated, source: {} }],
    ['other', { syncPolicy: { automated: { enabled: false } } }],
    ['other', { syncPolicy: { automated: null } }],
  ])('takes revision %s with %j', (revision, spec) => {
    expect(sync(revision, spec)).not.toThrow();
  });

  it.each([
    ['other', automated, /revision: shop syncs by itself to main/],
    ['main', { sources: [{}, {}] }, /revision: shop has several sources/],
  ])('refuses revision %s with %j', (revision, spec, message) => {
    expect(sync(revision, spec)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringMatching(message),
      }),
    );
  });
});
