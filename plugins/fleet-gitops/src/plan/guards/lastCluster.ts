import type { Guard } from '@backstage-fleet/plugin-fleet-common';
import { originsOf, serviceOfApplication } from '../../repository';
import type { Application } from '../../model/argocd';
import type { RepositoryEvaluation } from '../../repository/evaluateRepository';
import type { EvaluatedOrigin } from '../../repository/originTypes';
import { destinationCluster } from '../../sources/destinationCluster';
import { GuardContext, list, stop } from './types';

/**
 * Stops a change after which a service that it does not name runs nowhere: a cluster that goes takes its last Application.
 *
 * @remarks
 * What makes Applications of one service alone and then makes none is the empty result's business.
 */
export function lastCluster(context: GuardContext): Guard[] {
  const { changes, before, after, namedServices } = context;
  if (!namedServices) return [];
  const sets = new Map(
    before.origins.flatMap(origin =>
      origin.declared ? [[origin.name, origin]] : [],
    ),
  );
  const lost = new Set<string>();
  for (const { action, application, applicationSet } of changes) {
    if (action !== 'delete' || before.bootstraps.has(application)) continue;
    const origin = sets.get(applicationSet ?? '');
    const service = serviceOf(application, origin, before);
    if (
      !namedServices.includes(service) &&
      !runs(service, after) &&
      !(origin && isEmptied(origin, after))
    )
      lost.add(service);
  }
  return lost.size > 0
    ? [
        stop(
          'last-cluster',
          `Takes ${list([
            ...lost,
          ])} off the last cluster that runs it. Put it on another one first.`,
        ),
      ]
    : [];
}

function serviceOf(
  application: Application,
  origin: EvaluatedOrigin | undefined,
  { hub }: RepositoryEvaluation,
): string {
  return serviceOfApplication(
    application,
    destinationCluster(application, hub.clusters),
    origin?.declared?.object,
  );
}

/** Whether something makes Applications of a service, or fails and so leaves them as they are. */
function runs(service: string, evaluation: RepositoryEvaluation): boolean {
  return originsOf(service, evaluation).some(
    origin =>
      origin.evaluation.status !== 'ok' ||
      origin.evaluation.applications.some(
        ({ application }) =>
          serviceOf(application, origin, evaluation) === service,
      ),
  );
}

function isEmptied(
  { key }: EvaluatedOrigin,
  { origins }: RepositoryEvaluation,
): boolean {
  const evaluation = origins.find(origin => origin.key === key)?.evaluation;
  return evaluation?.status === 'ok' && evaluation.applications.length === 0;
}
