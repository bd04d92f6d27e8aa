import type { Application, ApplicationSet } from '../../model/argocd';
import type { HubSnapshot } from '../../model/fleetSnapshot';
import { evaluateApplicationSet } from '../evaluate';
import { reconcileApplicationSet } from './reconcile';
import type { ReconcileOptions, ReconcileOutcome } from './types';

const hub: HubSnapshot = {
  clusters: ['eu-prod', 'us-prod'].map(name => ({
    name,
    server: `https://${name}.example.com`,
    labels: { enable_payments: 'true' },
    annotations: {},
  })),
  projects: ['services'],
  repositories: () => undefined,
};

const set: ApplicationSet = {
  metadata: { name: 'services-payments', namespace: 'argocd', uid: 'u1' },
  spec: {
    generators: [
      { clusters: { selector: { matchLabels: { enable_payments: 'true' } } } },
    ],
    template: {
      metadata: { name: 'payments-{{name}}', labels: { cluster: '{{name}}' } },
      spec: {
        project: 'services',
        source: {
          repoURL: 'https://git.example.com/acme/fleet.git',
          path: 'services/payments',
          targetRevision: 'main',
        },
        destination: { name: '{{name}}', namespace: 'payments' },
      },
    },
  },
};

function reconcile(
  existing: Application[],
  spec: Record<string, any> = {},
  options: ReconcileOptions = {},
): ReconcileOutcome {
  const applicationSet = { ...set, spec: { ...set.spec, ...spec } };
  return reconcileApplicationSet({
    applicationSet,
    evaluation: evaluateApplicationSet(applicationSet, hub),
    hub,
    existing,
    options: { now: '2026-01-01T00:00:00Z', ...options },
  });
}

function names(applications: Application[]): string[] {
  return applications.map(item => item.metadata.name);
}

describe('reconcileApplicationSet', () => {
  it('creates Applications that the set owns, and has nothing to do the second time', () => {
    const first = reconcile([]);
    expect(names(first.created)).toEqual([
      'payments-eu-prod',
      'payments-us-prod',
    ]);
    expect(first.created[0].metadata.ownerReferences).toEqual([
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'ApplicationSet',
        name: 'services-payments',
        uid: 'u1',
        controller: true,
        blockOwnerDeletion: true,
      },
    ]);
    expect(first.health.status).toBe('Healthy');
    expect(first.resources).toEqual([
      expect.objectContaining({ name: 'payments-eu-prod', health: {} }),
      expect.objectContaining({ name: 'payments-us-prod', health: {} }),
    ]);

    const second = reconcile(first.created);
    expect(names(second.unchanged)).toEqual(names(first.created));
    expect([second.created, second.updated, second.deleted]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('patches what differs and keeps the rest of the live object', () => {
    const [live, other] = reconcile([]).created;
    const changed: Application = {
      ...live,
      metadata: { ...live.metadata, resourceVersion: '7', labels: { x: 'y' } },
      spec: { ...live.spec, syncPolicy: {} },
      status: { health: { status: 'Healthy' } },
    };
    const outcome = reconcile([changed, other]);
    expect(outcome.updated).toEqual([
      {
        patch: { metadata: { labels: { x: null, cluster: 'eu-prod' } } },
        application: {
          ...changed,
          metadata: { ...changed.metadata, labels: { cluster: 'eu-prod' } },
        },
      },
    ]);
  });

  it('deletes what is no longer generated, freeing it first where its cluster is gone', () => {
    const existing = reconcile([]).created;
    const gone: Application = {
      ...existing[0],
      metadata: { ...existing[0].metadata, name: 'payments-old' },
      spec: { ...existing[0].spec, destination: { name: 'old' } },
    };
    const outcome = reconcile([...existing, gone]);
    expect(outcome.deleted).toEqual([
      { application: gone, patch: { metadata: { finalizers: null } } },
    ]);
    expect(names(outcome.applications)).toEqual(names(existing));
  });

  it('says why an Application stays', () => {
    const [owned] = reconcile([]).created;
    const orphan = {
      ...owned,
      metadata: { ...owned.metadata, name: 'payments-old' },
    };
    const foreign = { ...orphan, metadata: { name: 'cart' } };
    const invalid = { ...set.spec.template.spec, project: 'ghost' };
    expect(
      reconcile([owned, orphan, foreign], {
        syncPolicy: { applicationsSync: 'create-update' },
        template: { ...set.spec.template, spec: invalid },
      }).left.map(item => [item.application.metadata.name, item.reason]),
    ).toEqual([
      ['payments-eu-prod', 'invalid'],
      ['payments-old', 'policy'],
      ['cart', 'not-owned'],
    ]);
  });

  it.each([
    ['a failing generator', { generators: [{ list: { elements: [null] } }] }],
    ['a generator that only the hub can run', { generators: [{ plugin: {} }] }],
  ])('writes nothing for %s', (_, spec) => {
    const existing = reconcile([]).created;
    const outcome = reconcile(existing, spec);
    expect([outcome.created, outcome.updated, outcome.deleted]).toEqual([
      [],
      [],
      [],
    ]);
    expect(outcome.left.map(item => item.reason)).toEqual(['error', 'error']);
  });

  it('does not guess at jq expressions beyond its means', () => {
    const outcome = reconcile(reconcile([]).created, {
      ignoreApplicationDifferences: [{ jqPathExpressions: ['.a | map(.b)'] }],
    });
    expect(outcome.notEvaluable).toContain('.a | map(.b)');
    expect(outcome.updated).toEqual([]);
  });

  it('keeps the time of conditions that did not change', () => {
    const earlier = '2025-01-01T00:00:00Z';
    const { conditions } = reconcile([], {}, { now: earlier });
    const applicationSet = { ...set, status: { conditions } };
    const outcome = reconcileApplicationSet({
      applicationSet,
      evaluation: {
        status: 'error',
        reason: 'RenderTemplateParamsError',
        message: 'no',
      },
      hub,
      existing: [],
      options: { now: '2026-01-01T00:00:00Z' },
    });
    expect(conditions.map(item => item.lastTransitionTime)).toEqual([
      earlier,
      earlier,
      earlier,
    ]);
    expect(outcome.conditions).toEqual([
      expect.objectContaining({ type: 'ErrorOccurred', status: 'True' }),
      expect.objectContaining({ type: 'ParametersGenerated', status: 'False' }),
      expect.objectContaining({ type: 'ResourcesUpToDate', status: 'False' }),
    ]);
    expect(outcome.health).toEqual({ status: 'Degraded', message: 'no' });
  });

  it('rolls out step by step until all are healthy', () => {
    const spec = {
      strategy: {
        type: 'RollingSync',
        rollingSync: {
          steps: ['eu-prod', 'us-prod'].map(cluster => ({
            matchExpressions: [
              { key: 'cluster', operator: 'In', values: [cluster] },
            ],
          })),
        },
      },
    };
    const withStatus =
      (sync: string, health: string) =>
      (item: Application): Application => ({
        ...item,
        status: {
          sync: { status: sync, revision: 'r1' },
          health: { status: health },
        },
      });
    let applicationStatus: any[] = [];
    const step = (existing: Application[], now: string) => {
      const applicationSet = {
        ...set,
        spec: { ...set.spec, ...spec },
        status: { applicationStatus },
      };
      const outcome = reconcileApplicationSet({
        applicationSet,
        evaluation: evaluateApplicationSet(applicationSet, hub),
        hub,
        existing,
        options: { progressiveSyncs: true, now },
      });
      applicationStatus = outcome.applicationStatus;
      return outcome;
    };
    const states = () => applicationStatus.map(item => item.status);

    let existing = step([], '2026-01-01T00:00:00Z').created.map(
      withStatus('OutOfSync', 'Missing'),
    );
    step(existing, '2026-01-01T00:01:00Z');
    expect(states()).toEqual(['Pending', 'Waiting']);

    const released = step(existing, '2026-01-01T00:02:00Z');
    expect(
      released.updated.map(item => item.application.operation.sync),
    ).toEqual([{}]);

    existing = [withStatus('Synced', 'Healthy')(existing[0]), existing[1]];
    existing[0].status!.operationState = {
      phase: 'Succeeded',
      startedAt: '2026-01-01T00:03:00Z',
    };
    step(existing, '2026-01-01T00:04:00Z');
    expect(states()).toEqual(['Progressing', 'Waiting']);
    const second = step(existing, '2026-01-01T00:05:00Z');
    expect(states()).toEqual(['Healthy', 'Pending']);
    expect(second.health).toEqual({
      status: 'Progressing',
      message: 'ApplicationSet is performing rollout of step 2',
    });
  });
});
