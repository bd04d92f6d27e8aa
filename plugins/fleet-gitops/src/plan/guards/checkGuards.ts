import {
  fleetChangeOverridePermission,
  Guard,
} from '@backstage-fleet/plugin-fleet-common';
import { deletions } from './deletions';
import { duplicateNames } from './duplicateNames';
import { emptyResult } from './emptyResult';
import { evaluationErrors } from './evaluationErrors';
import { lastCluster } from './lastCluster';
import { pathOutsideLayout } from './pathOutsideLayout';
import { production } from './production';
import { secretContent } from './secretContent';
import { GuardContext, GUARD_IDS, GuardId } from './types';
import { unknownCluster } from './unknownCluster';
import { unknownProject } from './unknownProject';
import { unreadable } from './unreadable';

const GUARDS: Record<GuardId, (context: GuardContext) => Guard[]> = {
  'path-outside-layout': pathOutsideLayout,
  'secret-content': secretContent,
  'invalid-yaml': unreadable,
  'evaluation-error': evaluationErrors,
  'empty-result': emptyResult,
  'last-cluster': lastCluster,
  deletions,
  'duplicate-name': duplicateNames,
  'unknown-cluster': unknownCluster,
  'unknown-project': unknownProject,
  production,
};

/** All guards that a change meets, the ones that stop first, each with the permission that it takes to override it. */
export function checkGuards(context: GuardContext): Guard[] {
  return GUARD_IDS.flatMap(id => GUARDS[id](context))
    .sort(
      (one, other) =>
        Number(other.level === 'stop') - Number(one.level === 'stop'),
    )
    .map(guard =>
      guard.level === 'stop'
        ? { ...guard, overridePermission: fleetChangeOverridePermission.name }
        : guard,
    );
}
