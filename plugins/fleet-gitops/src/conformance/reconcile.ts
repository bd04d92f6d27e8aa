import {
  evaluateApplicationSet,
  reconcileApplicationSet,
} from '../applicationset';
import { application as applicationType } from '../applicationset/schema/application';
import { decode } from '../applicationset/schema/decode';
import type { ApplicationSet } from '../model/argocd';
import { ApplicationSetCase, diffLists, toHubSnapshot } from './applications';
import { canonical, normalizeApplications } from './normalize';
import { diffValues } from './outcome';

/** The difference between a golden case of kind `reconcile` and this engine's answer; `undefined` for none. */
export function checkReconcileCase(
  input: ApplicationSetCase,
): string | undefined {
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
    return diffValues(expected, actual);
  }
  return diffLists(
    normalizeApplications(expect.applications ?? []),
    normalizeApplications(outcome.applications.map(markOwned)),
  );
}

const NOT_OWNED = 'oracle/not-owned';

/** An existing Application of a golden case, as Argo CD's typed client reads it: owned by the set, unless an annotation says otherwise. */
function toExisting(application: any, input: ApplicationSetCase): any {
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
