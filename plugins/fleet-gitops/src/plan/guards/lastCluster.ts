import type { Guard } from '@backstage-fleet/plugin-fleet-common';
import {
  isForOneService,
  serviceOfApplication,
  serviceOfApplicationSet,
} from '../../repository';
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
  if (!namedServices || !changes.some(({ action }) => action === 'delete'))
    return [];
  const left = servicesOf(after);
  const lost = [...servicesOf(before)].filter(
    ([service, origin]) =>
      !left.has(service) &&
      !namedServices.includes(service) &&
      !isEmptied(origin, after),
  );
  return lost.length > 0
    ? [
        stop(
          'last-cluster',
          `Takes ${list(
            lost.map(([service]) => service),
          )} off the last cluster that runs it. Put it on another one first.`,
        ),
      ]
    : [];
}

/** The services that run on some cluster, each with one origin of its Applications. */
function servicesOf({
  origins,
  hub,
  bootstraps,
}: RepositoryEvaluation): Map<string, EvaluatedOrigin> {
  const services = new Map<string, EvaluatedOrigin>();
  for (const origin of origins) {
    const { declared, evaluation } = origin;
    if (evaluation.status !== 'ok') continue;
    for (const { application } of evaluation.applications) {
      if (bootstraps.has(application)) continue;
      services.set(
        declared && isForOneService(declared.object)
          ? serviceOfApplicationSet(declared.object)
          : serviceOfApplication(
              application,
              destinationCluster(application, hub.clusters),
            ),
        origin,
      );
    }
  }
  return services;
}

function isEmptied(
  { key }: EvaluatedOrigin,
  { origins }: RepositoryEvaluation,
): boolean {
  const evaluation = origins.find(origin => origin.key === key)?.evaluation;
  return evaluation?.status === 'ok' && evaluation.applications.length === 0;
}
