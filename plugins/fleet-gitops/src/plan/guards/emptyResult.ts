import type { Guard } from '@backstage-fleet/plugin-fleet-common';
import { describeOrigin } from '../../repository/originTypes';
import { differing, GuardContext, stop } from './types';

/** Stops a change after which something that made Applications makes none: Argo CD would delete all of them. */
export function emptyResult(context: GuardContext): Guard[] {
  return differing(context).flatMap(({ set, old }) => {
    const before = old?.evaluation;
    const { evaluation } = set;
    return before?.status === 'ok' &&
      before.applications.length > 0 &&
      evaluation.status === 'ok' &&
      evaluation.applications.length === 0
      ? [
          stop(
            'empty-result',
            `${describeOrigin(
              set,
            )} would generate nothing, so Argo CD would delete all ${
              before.applications.length
            } of its Applications.`,
          ),
        ]
      : [];
  });
}
