import type { ApplicationSet } from '../../model/argocd';
import type { HubSnapshot } from '../../model/fleetSnapshot';
import type { RepositorySnapshot } from '../../model/repository';
import { evaluateApplicationSet } from '../evaluate';
import { reconcileApplicationSet } from '../reconcile';
import { application as applicationType } from '../schema/application';
import { decode } from '../schema/decode';
import { canonical, normalizeApplications } from './normalize';

/** A golden case: an input, and what Argo CD's own code answered. */
export interface GoldenCase {
  name: string;
  applicationSet: ApplicationSet;
  clusters?: any[];
  /** URL → revision → path → content. */
  repos?: Record<string, Record<string, Record<string, string>>>;
  resources?: any[];
  projects?: string[];
  expect: any;
  [input: string]: any;
}

/** What a golden case's input means to the evaluation. */
export function toHubSnapshot(input: GoldenCase): HubSnapshot {
  const snapshots = new Map<string, RepositorySnapshot>();
  for (const [url, revisions] of Object.entries(input.repos ?? {})) {
    for (const [revision, files] of Object.entries(revisions)) {
      snapshots.set(`${url}\n${revision || 'HEAD'}`, {
        url,
        sha: '',
        files: new Map(Object.entries(files)),
      });
    }
  }
  return {
    clusters: (input.clusters ?? []).map(cluster => ({
      ...cluster,
      labels: cluster.labels ?? {},
      annotations: cluster.annotations ?? {},
    })),
    projects: input.projects ?? ['default'],
    resources: input.resources,
    repositories: (url, revision) => {
      const snapshot = snapshots.get(`${url}\n${revision || 'HEAD'}`);
      if (!snapshot) {
        throw new Error('does not exist');
      }
      return snapshot;
    },
  };
}

/** The difference between a golden case of kind `applications` and this engine's answer; `undefined` for none. */
export function checkApplicationsCase(input: GoldenCase): string | undefined {
  const answer = evaluateApplicationSet(
    input.applicationSet,
    toHubSnapshot(input),
  );
  const { expect } = input;
  if (expect.error) {
    if (answer.status !== 'error') {
      return `expected the error ${expect.error.reason} (${
        expect.error.message
      }), got ${canonical(answer)}`;
    }
    return answer.reason === expect.error.reason
      ? undefined
      : `expected reason ${expect.error.reason}, got ${answer.reason}: ${answer.message}`;
  }
  if (answer.status !== 'ok') {
    return `expected Applications, got ${canonical(answer)}`;
  }
  return diffLists(
    normalizeApplications(expect.applications ?? []),
    normalizeApplications(answer.applications.map(item => item.application)),
  );
}

/** What differs between two lists of Applications. */
export function diffLists(expected: any[], actual: any[]): string | undefined {
  const expectedTexts = new Set(expected.map(canonical));
  const actualTexts = new Set(actual.map(canonical));
  const missing = expected
    .map(canonical)
    .filter(item => !actualTexts.has(item));
  const extra = actual.map(canonical).filter(item => !expectedTexts.has(item));
  if (missing.length + extra.length > 0 || expected.length !== actual.length) {
    return [
      `${expected.length} expected, ${actual.length} got`,
      ...missing.map(item => `- ${item}`),
      ...extra.map(item => `+ ${item}`),
    ].join('\n');
  }
  return undefined;
}

/** The difference between a golden case of kind `reconcile` and this engine's answer; `undefined` for none. */
export function checkReconcileCase(input: GoldenCase): string | undefined {
  const hub = toHubSnapshot(input);
  const applicationSet: ApplicationSet = {
    ...input.applicationSet,
    metadata: { namespace: 'argocd', ...input.applicationSet.metadata },
  };
  const outcome = reconcileApplicationSet({
    applicationSet,
    evaluation: evaluateApplicationSet(applicationSet, hub),
    hub,
    existing: (input.existing ?? []).map((item: any) =>
      toExisting(item, input),
    ),
    options: {
      policy: input.controllerPolicy,
      enablePolicyOverride: input.policyOverride,
      progressiveSyncs: input.progressive,
    },
  });
  if (outcome.notEvaluable) {
    return `not evaluable: ${outcome.notEvaluable}`;
  }
  const { expect } = input;
  const name = (application: any) => application.metadata.name;
  const actual = {
    created: outcome.created.map(name).sort(),
    updated: outcome.updated.map(item => name(item.application)).sort(),
    unchanged: [
      ...outcome.unchanged.map(name),
      ...outcome.left.map(item => name(item.application)),
    ].sort(),
    deleted: outcome.deleted.map(item => name(item.application)).sort(),
    error: Boolean(outcome.error),
    conditions: Object.fromEntries(
      outcome.conditions.map(({ type, status, reason }) => [
        type,
        { status, reason },
      ]),
    ),
    ...(input.progressive && {
      applicationStatus: outcome.applicationStatus
        .map(({ application, step, status, targetRevisions }) =>
          canonical({ application, step, status, targetRevisions }),
        )
        .sort(),
    }),
  };
  const expected = {
    created: expect.created,
    updated: expect.updated,
    unchanged: expect.unchanged,
    deleted: expect.deleted,
    error: Boolean(expect.reconcileError),
    conditions: Object.fromEntries(
      Object.entries<any>(expect.conditions ?? {}).map(
        ([type, { status, reason }]) => [type, { status, reason }],
      ),
    ),
    ...(input.progressive && {
      applicationStatus: (expect.applicationStatus ?? []).map(canonical).sort(),
    }),
  };
  if (canonical(actual) !== canonical(expected)) {
    return `\n- ${canonical(expected)}\n+ ${canonical(actual)}`;
  }
  return diffLists(
    normalizeApplications(expect.applications ?? []),
    normalizeApplications(outcome.applications.map(markOwned)),
  );
}

const NOT_OWNED = 'oracle/not-owned';

/** An existing Application of a golden case, as Argo CD's typed client reads it: owned by the set, unless an annotation says otherwise. */
function toExisting(application: any, input: GoldenCase): any {
  const { annotations = {}, ...metadata } = application.metadata;
  const { [NOT_OWNED]: notOwned, ...otherAnnotations } = annotations;
  return decode(
    applicationType,
    {
      ...application,
      metadata: {
        namespace: 'argocd',
        ...metadata,
        ...(Object.keys(otherAnnotations).length > 0 && {
          annotations: otherAnnotations,
        }),
        ...(!notOwned && {
          ownerReferences: [
            {
              apiVersion: 'argoproj.io/v1alpha1',
              kind: 'ApplicationSet',
              name: input.applicationSet.metadata.name,
              uid: '',
              controller: true,
              blockOwnerDeletion: true,
            },
          ],
        }),
      },
    },
    '',
  );
}

function markOwned(application: any): any {
  const owned = application.metadata.ownerReferences?.some(
    (owner: any) => owner.controller,
  );
  return {
    ...application,
    metadata: { ...application.metadata, ...(owned && { owned: true }) },
  };
}
