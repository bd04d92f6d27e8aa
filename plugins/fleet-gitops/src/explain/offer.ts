import type {
  Intent,
  Plan,
  TypedIntent,
} from '@backstage-fleet/plugin-fleet-common';
import { applyIntent } from '../intents';
import { LayoutService } from '../layouts';
import { planChanges, PlanOptions } from '../plan';
import type { SelectorCheck } from './checks';

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

/**
 * Tries an intent out. It is offered only where its plan has an Application for the cluster.
 */
export function offer(
  intent: TypedIntent | undefined,
  cluster: string,
  options: Omit<PlanOptions, 'changes' | 'touched'> & { layout?: string },
): { intent: Intent; plan: Plan } | undefined {
  if (!intent) return undefined;
  let plan: Plan;
  try {
    const { changes, touched } = applyIntent(intent, options.repository, {
      layout: options.layout,
    });
    plan = planChanges({ ...options, changes, touched });
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
  const creates = plan.applications.some(
    application =>
      application.action === 'create' && application.cluster === cluster,
  );
  return plan.evaluable && creates
    ? { intent: intent as Intent, plan }
    : undefined;
}
