import type { ApplicationSetApplicationStatus } from '../types';
import type { StepPlan } from './steps';
import type { RolloutStep } from './strategy';

/**
 * The Applications that may sync now: those of all steps up to the first that is not wholly Healthy.
 *
 * Source: Argo CD `applicationset/progressivesync` `getAppsToSync`.
 */
export function findReleased(
  plan: StepPlan,
  existing: ReadonlySet<string>,
  statuses: ApplicationSetApplicationStatus[],
): Set<string> {
  const statusOf = new Map(
    statuses.map(item => [item.application, item.status]),
  );
  const released = new Set<string>();
  for (const names of plan.members) {
    names.forEach(name => released.add(name));
    if (
      !names.every(
        name => existing.has(name) && statusOf.get(name) === 'Healthy',
      )
    ) {
      break;
    }
  }
  return released;
}

/**
 * Makes released Applications that wait Pending, as many per step as its `maxUpdate` allows.
 *
 * Applications that no step selects count in the first one. Source: Argo CD `applicationset/progressivesync`
 * `UpdateApplicationSetApplicationStatusProgress`.
 */
export function promoteWaiting(
  steps: RolloutStep[],
  plan: StepPlan,
  released: ReadonlySet<string>,
  statuses: ApplicationSetApplicationStatus[],
  now: string | undefined,
): ApplicationSetApplicationStatus[] {
  const stepOf = (name: string) => plan.stepOf.get(name) ?? 0;
  const total = steps.map(() => 0);
  const updating = steps.map(() => 0);
  for (const { application, status } of statuses) {
    total[stepOf(application)]++;
    if (status === 'Pending' || status === 'Progressing') {
      updating[stepOf(application)]++;
    }
  }
  return statuses.map(item => {
    const step = stepOf(item.application);
    const limit = updateLimit(steps[step], step, total[step], plan);
    if (
      item.status !== 'Waiting' ||
      !released.has(item.application) ||
      updating[step] >= limit
    ) {
      return item;
    }
    updating[step]++;
    return {
      ...item,
      status: 'Pending',
      message:
        'Application moved to Pending status, watching for the Application resource to start Progressing',
      ...(now !== undefined && { lastTransitionTime: now }),
    };
  });
}

/** How many Applications of a step may update at once: percentages round down, but to no less than one above 0 %. */
function updateLimit(
  { maxUpdate }: RolloutStep,
  step: number,
  total: number,
  { problems }: StepPlan,
): number {
  if (maxUpdate === undefined) {
    return Infinity;
  }
  if (typeof maxUpdate === 'number') {
    return maxUpdate;
  }
  const percentage = /^([+-]?\d+)%$/.exec(maxUpdate);
  if (!percentage) {
    if (!problems.invalidMaxUpdates.some(item => item.step === step)) {
      problems.invalidMaxUpdates.push({ step, maxUpdate });
    }
    return 1;
  }
  const limit = Math.floor((Number(percentage[1]) * total) / 100);
  return maxUpdate === '0%' ? limit : Math.max(1, limit);
}
