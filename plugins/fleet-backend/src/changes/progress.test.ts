import type {
  Deployment,
  PlannedApplication,
} from '@backstage-fleet/plugin-fleet-common';
import { FOLLOWED_FOR_MS, nextProgress } from './progress';
import type { ChangeRecord } from './types';

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
