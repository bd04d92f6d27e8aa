import type { Application } from '../../model/argocd';
import { compareBytes } from '../compareBytes';
import { Outcome } from './outcome';
import { isOwnedBy } from './ownership';
import { effectivePolicy } from './policy';
import { planSteps } from './rollingSync/steps';
import { isDeletionReversed, rollingSyncSteps } from './rollingSync/strategy';
import type { ReconcileInput, ReconcileOutcome } from './types';

/**
 * What happens while a set is being deleted. Where the policy forbids deletions its Applications lose their owner, so that
 * they stay; else Kubernetes deletes them with the set, or they go one by one, the last step of the rollout first.
 *
 * Source: Argo CD `applicationset_controller.go` `Reconcile`, `progressivesync` `PerformReverseDeletion`.
 */
export function reconcileDeletedSet(input: ReconcileInput): ReconcileOutcome {
  const { applicationSet, existing, options = {} } = input;
  const outcome = new Outcome(input);
  const owned = existing.filter(item => isOwnedBy(item, applicationSet));
  existing
    .filter(item => !owned.includes(item))
    .forEach(item => outcome.leave(item, 'not-owned'));

  if (!effectivePolicy(applicationSet, options).allowsDelete) {
    owned.forEach(item => outcome.updated.push(withoutOwner(item)));
    return outcome.finish('set-deleted', { released: true });
  }
  const next = isDeletionReversed(applicationSet)
    ? nextInReverse(input, owned)
    : undefined;
  if (next) {
    outcome.deleted.push({ application: next });
  }
  return outcome.finish('set-deleted', { released: next === undefined });
}

function withoutOwner(application: Application) {
  const { ownerReferences: _, ...metadata } = application.metadata;
  return {
    application: { ...application, metadata },
    patch: { metadata: { ownerReferences: null } },
  };
}

/** The Application whose turn it is to go, or that is on its way; those in no step wait for the set itself. */
function nextInReverse(
  { applicationSet }: ReconcileInput,
  owned: Application[],
): Application | undefined {
  const { stepOf } = planSteps(rollingSyncSteps(applicationSet)!, owned);
  const step = (application: Application) =>
    stepOf.get(application.metadata.name)!;
  return owned
    .filter(item => stepOf.has(item.metadata.name))
    .sort(
      (a, b) =>
        step(b) - step(a) || compareBytes(a.metadata.name, b.metadata.name),
    )[0];
}
