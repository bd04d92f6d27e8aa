import { NotEvaluableError } from '../errors';
import { reconcileDeletedSet } from './deletedSet';
import { Outcome } from './outcome';
import { ReconcileRun } from './reconcileRun';
import type { ReconcileInput, ReconcileOutcome } from './types';

/**
 * What Argo CD's ApplicationSet controller does in one reconcile: the Applications it creates, updates and deletes, those
 * it leaves and why, and the set's status afterwards.
 *
 * Nothing is written where the evaluation is an error or not evaluable. What the outcome holds can be sent as it is: whole
 * objects to create, merge patches to update.
 *
 * Source: Argo CD 3.6 `applicationset/controllers/applicationset_controller.go` `Reconcile`.
 *
 * @public
 */
export function reconcileApplicationSet(
  input: ReconcileInput,
): ReconcileOutcome {
  try {
    return input.applicationSet.metadata.deletionTimestamp
      ? reconcileDeletedSet(input)
      : new ReconcileRun(input).run();
  } catch (error) {
    if (error instanceof NotEvaluableError) {
      return new Outcome(input).notEvaluable(error.message);
    }
    throw error;
  }
}
