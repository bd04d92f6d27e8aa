import type { Guard } from '@backstage-fleet/plugin-fleet-common';
import { describeOrigin } from '../../repository/originTypes';
import { describeFailure } from '../../repository/templateLine';
import { differing, GuardContext, stop } from './types';

/** Stops a change after which an ApplicationSet fails: Argo CD would leave its Applications as they are. */
export function evaluationErrors(context: GuardContext): Guard[] {
  return differing(context).flatMap(({ set, old }) => {
    const { evaluation } = set;
    if (
      evaluation.status !== 'error' ||
      JSON.stringify(old?.evaluation) === JSON.stringify(evaluation)
    )
      return [];
    return [
      stop(
        'evaluation-error',
        `${describeOrigin(
          set,
        )} would fail and Argo CD would leave its Applications as they are: ${describeFailure(
          set,
          context.after.repository,
        )}`,
      ),
    ];
  });
}
