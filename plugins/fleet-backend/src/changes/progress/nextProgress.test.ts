import type {
  Deployment,
  PlannedApplication,
} from '@backstage-fleet/plugin-fleet-common';
import { FOLLOWED_FOR_MS } from './ends';
import { nextProgress } from './nextProgress';
import type { ChangeRecord, ObservedCluster } from '../types';

const MERGED_AT = new Date('2026-03-01T12:00:00Z');
const SHA = 'c'.repeat(40);

const planned = (
  action: PlannedApplication['action'],
  cluster = 'eu',
): PlannedApplication => ({
  action,
  name: `payments-${cluster}`,
  namespace: 'argocd',
  cluster,
  fields: [],
});

const change = (
  applications: PlannedApplication[],
  more: Partial<ChangeRecord> = {},
): ChangeRecord =>
  ({
    intent: {
      kind: 'cluster.label',
      parameters: { cluster: 'eu', labels: { tier: 'gold' } },
    },
    state: 'merged',
    step: 'follow',
    commit: { sha: SHA, date: MERGED_AT },
    updatedAt: MERGED_AT,
    plan: { evaluable: true, applications },
    ...more,
  } as ChangeRecord);

const deployment = (more: Partial<Deployment> = {}): Deployment =>
  ({
    sync: 'Synced',
    health: 'Healthy',
    deleting: false,
    ...more,
  } as Deployment);

const observe = (
  deployments: Record<string, Deployment | undefined>,
  live = true,
) => ({
  live,
  deployment: ({ name }: { name: string }) => deployments[name],
});

const later = new Date(MERGED_AT.getTime() + 60_001);
const soon = new Date(MERGED_AT.getTime() + 60_000);
const late = new Date(MERGED_AT.getTime() + FOLLOWED_FOR_MS + 1);
const afterwards = new Date(MERGED_AT.getTime() + 1000);

describe('progress of a change', () => {
  it.each([
    ['created and healthy', 'create', deployment(), 'healthy'],
    [
      'created, still starting',
      'create',
      deployment({ health: 'Progressing' }),
      'synced',
    ],
    ['created, missing', 'create', undefined, undefined],
    [
      'created, not synced',
      'create',
      deployment({ sync: 'OutOfSync', health: 'Missing' }),
      undefined,
    ],
    [
      'changed, seen before the commit only',
      'change',
      deployment({ reconciledAt: new Date(MERGED_AT.getTime() - 1000) }),
      undefined,
    ],
    [
      'changed, compared after the commit',
      'change',
      deployment({ reconciledAt: afterwards }),
      'healthy',
    ],
    [
      'changed, synced to the commit',
      'change',
      deployment({
        synced: { text: '1', commit: { sha: SHA } },
        health: 'Degraded',
      }),
      'synced',
    ],
    ['deleted and gone', 'delete', undefined, 'healthy'],
    ['deleted, still there', 'delete', deployment(), undefined],
    [
      'created, being deleted',
      'create',
      deployment({ deleting: true }),
      undefined,
    ],
  ] as const)('%s', (_, action, found, state) => {
    const progress = nextProgress(
      change([planned(action)]),
      observe({ 'payments-eu': found }),
      soon,
    );
    expect(progress?.patch.state).toBe(state);
  });

  it('ends healthy only when all are, and says so', () => {
    const both = change([planned('create'), planned('create', 'us')], {
      state: 'synced',
    });
    const ready = deployment();
    const starting = deployment({ health: 'Progressing' });
    expect(
      nextProgress(
        both,
        observe({ 'payments-eu': ready, 'payments-us': starting }),
        soon,
      ),
    ).toBeUndefined();
    expect(
      nextProgress(
        both,
        observe({ 'payments-eu': ready, 'payments-us': ready }),
        soon,
      ),
    ).toMatchObject({
      from: 'synced',
      patch: { state: 'healthy', step: 'done' },
      entry: { message: '2 Applications are in place and healthy' },
    });
  });

  it('concludes nothing from a hub that is not live', () => {
    const deleted = change([planned('delete')]);
    expect(nextProgress(deleted, observe({}, false), late)).toBeUndefined();
  });

  it.each([
    [true, 'No Application changes: nothing to wait for'],
    [false, 'The effect could not be computed, so it is not followed'],
  ])(
    'does not wait where there is nothing to see (evaluable %s)',
    (evaluable, message) => {
      const nothing = change([], {
        plan: {
          evaluable,
          applications: [],
        } as unknown as ChangeRecord['plan'],
      });
      expect(nextProgress(nothing, observe({}, false), soon)).toMatchObject({
        patch: { state: 'merged', step: 'done' },
        entry: { message },
      });
    },
  );

  it('fails after a while and names what is late', () => {
    expect(
      nextProgress(
        change([planned('create'), planned('create', 'us')]),
        observe({ 'payments-eu': deployment() }),
        late,
      ),
    ).toMatchObject({
      patch: { state: 'failed', step: 'done' },
      entry: {
        message: 'After 120 minutes still not synced: payments-us on us',
      },
    });
  });

  it.each(['planned', 'proposed', 'healthy', 'failed'] as const)(
    'leaves a change that is %s alone',
    state => {
      expect(
        nextProgress(
          change([planned('create')], { state }),
          observe({ 'payments-eu': deployment() }),
          late,
        ),
      ).toBeUndefined();
    },
  );
});

describe('progress of a new cluster', () => {
  const making = (more: Partial<ChangeRecord> = {}) =>
    change([planned('create', 'lu')], {
      intent: {
        kind: 'cluster.create',
        parameters: { blueprint: 'eks', cluster: 'lu', parameters: {} },
      },
      ...more,
    });
  const cluster = (
    registered: boolean,
    state?: string,
    message?: string,
  ): ObservedCluster => ({
    registered,
    ...(state && { provisioning: { state, message } }),
  });
  const next = (
    record: ChangeRecord,
    observed: ObservedCluster | undefined,
    applications: Record<string, Deployment> = {},
    now = soon,
  ) =>
    nextProgress(
      record,
      { ...observe(applications), cluster: () => observed },
      now,
    );

  it('goes from merged to provisioning to registered to healthy', () => {
    expect(next(making(), undefined)).toBeUndefined();
    // Registered, and its claim not seen yet.
    expect(next(making(), cluster(true))).toBeUndefined();
    expect(next(making(), cluster(true), {}, later)).toMatchObject({
      patch: { state: 'registered' },
    });
    expect(
      next(making(), cluster(true, 'provisioning', '1 of 3 nodes')),
    ).toMatchObject({
      patch: { state: 'provisioning' },
      entry: { message: 'lu is being made: 1 of 3 nodes' },
    });
    const provisioning = making({ state: 'provisioning' });
    expect(next(provisioning, cluster(true, 'provisioning'))).toBeUndefined();
    expect(next(provisioning, cluster(false, 'ready'))).toBeUndefined();
    expect(next(provisioning, cluster(true, 'ready'))).toMatchObject({
      patch: { state: 'registered' },
    });
    const registered = making({ state: 'registered' });
    expect(next(registered, cluster(true, 'ready'))).toBeUndefined();
    expect(
      next(registered, cluster(true, 'ready'), {
        'payments-lu': deployment(),
      }),
    ).toMatchObject({ patch: { state: 'healthy', step: 'done' } });
  });

  it('fails where the claim fails, or takes too long', () => {
    expect(
      next(making(), cluster(false, 'failed', 'quota exceeded')),
    ).toMatchObject({
      patch: { state: 'failed', step: 'done' },
      entry: { message: 'lu could not be made: quota exceeded' },
    });
    expect(next(making(), undefined, {}, late)).toMatchObject({
      patch: { state: 'failed' },
      entry: { message: 'After 120 minutes still lu is not registered' },
    });
  });
});

describe('progress of a stage that removes', () => {
  const SECRET = { apiVersion: 'v1', kind: 'Secret', name: 'eu' };
  const removing = change([planned('delete')], {
    stages: [
      {
        id: 'drain',
        title: 'Drain eu',
        waitFor: 'removed',
        clusters: ['eu'],
        objects: [SECRET],
        plan: {
          evaluable: true,
          applications: [planned('delete')],
        } as ChangeRecord['plan'],
      },
      {
        id: 'last',
        title: 'Delete the claim',
        waitFor: 'removed',
        clusters: [],
      },
    ],
    stage: 0,
  });

  it.each([
    ['while an Application is there', { 'payments-eu': deployment() }, false],
    ['while an object is there', {}, true],
  ])('waits %s', (_, applications, there) => {
    expect(
      nextProgress(
        removing,
        { ...observe(applications), hasObject: () => there },
        soon,
      ),
    ).toBeUndefined();
  });

  it('goes on when all is gone', () => {
    expect(
      nextProgress(removing, { ...observe({}), hasObject: () => false }, soon),
    ).toMatchObject({
      patch: { state: 'planned', step: 'write', stage: 1 },
      entry: {
        message:
          'Drain eu has removed its Applications. Next: Delete the claim',
      },
    });
  });
});
