import type {
  Intent,
  Plan,
  TypedIntent,
} from '@backstage-fleet/plugin-fleet-common';
import { applyIntent } from '../intents';
import { LayoutService } from '../layouts';
import { planChanges } from '../plan';
import {
  evaluateRepository,
  originsOf,
  serviceApplications,
  withChanges,
} from '../repository';
import type { SelectorCheck } from './checks';
import type { ExplainOptions } from './types';

/** Values of labels that switch something on. Labels like `environment` say what a cluster is; they are no switches. */
const SWITCHED_ON = new Set(['true', 'enabled', 'yes', 'on']);

/**
 * The intent that would meet the failing requirements, where all of them are switches.
 */
export function intentFor(
  service: string,
  cluster: string,
  toggle: LayoutService['toggle'],
  failing: SelectorCheck[],
): TypedIntent | undefined {
  if (failing.length === 0) return undefined;
  const labels: Record<string, string | null> = {};
  for (const { requirement, actual } of failing) {
    const { key, operator, values = [] } = requirement;
    if (
      operator === 'In' &&
      values.length === 1 &&
      (key === toggle?.key || SWITCHED_ON.has(values[0]))
    ) {
      labels[key] = values[0];
    } else if (operator === 'DoesNotExist' || operator === 'NotIn') {
      if (actual === undefined || !SWITCHED_ON.has(actual)) return undefined;
      labels[key] = null;
    } else {
      return undefined;
    }
  }
  const keys = Object.keys(labels);
  return keys.length === 1 && keys[0] === toggle?.key
    ? onboardIntent(service, cluster)
    : { kind: 'cluster.label', parameters: { cluster, labels } };
}

export function onboardIntent(service: string, cluster: string): TypedIntent {
  return {
    kind: 'service.onboard',
    parameters: { service, clusters: [cluster] },
  };
}

export function enableIntent(service: string, cluster: string): TypedIntent {
  return {
    kind: 'service.enable',
    parameters: { service, clusters: [cluster] },
  };
}

/**
 * Tries intents out, in this order. The first is offered that makes an Application of the service appear on the cluster.
 */
export function offer(
  intents: readonly TypedIntent[],
  options: ExplainOptions,
): { intent: Intent; plan: Plan } | undefined {
  for (const intent of intents) {
    const plan = tryOut(intent, options);
    if (plan) return { intent: intent as Intent, plan };
  }
  return undefined;
}

/** The plan of an intent, where the service is on the cluster afterwards. */
function tryOut(
  intent: TypedIntent,
  options: ExplainOptions,
): Plan | undefined {
  const { service, cluster, repository, hub, branch, layout } = options;
  try {
    const { changes, touched } = applyIntent(intent, repository, {
      layout,
      branch,
      clusters: hub.clusters,
      newGitFileGlobbing: hub.newGitFileGlobbing,
    });
    const plan = planChanges({ ...options, changes, touched });
    if (!plan.evaluable) return undefined;
    const created = new Set(
      plan.applications
        .filter(({ action }) => action === 'create')
        .filter(application => application.cluster === cluster)
        .map(({ name }) => name),
    );
    if (created.size === 0) return undefined;
    const after = evaluateRepository(withChanges(repository, changes), hub, {
      branch,
      previous: repository,
    });
    return originsOf(service, after).some(origin =>
      serviceApplications(service, cluster, origin, after).some(
        ({ metadata }) => created.has(metadata.name),
      ),
    )
      ? plan
      : undefined;
  } catch (error) {
    // A file that cannot be edited, a chart that does not exist: then there is nothing to offer.
    if (
      ['InputError', 'NotFoundError', 'ConflictError'].includes(
        (error as Error).name,
      )
    )
      return undefined;
    throw error;
  }
}
