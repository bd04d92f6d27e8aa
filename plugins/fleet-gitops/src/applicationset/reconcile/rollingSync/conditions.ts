import type {
  ApplicationSetApplicationStatus,
  ApplicationSetCondition,
} from '../types';
import { describeProblems, type StepProblems } from './steps';

type NewCondition = Omit<ApplicationSetCondition, 'lastTransitionTime'>;

/**
 * What a set says about its rollout: whether its steps make sense, and which step is on.
 *
 * Source: Argo CD `applicationset/progressivesync` `getProgressingCondition`, `getInvalidRolloutConfig`.
 */
export function rolloutConditions(
  stepCount: number,
  statuses: ApplicationSetApplicationStatus[],
  problems: StepProblems,
): NewCondition[] {
  const unfinished = new Set(
    statuses.filter(item => item.status !== 'Healthy').map(item => item.step),
  );
  const current = Array.from({ length: stepCount }, (_, index) =>
    String(index + 1),
  ).find(step => unfinished.has(step));
  const problem = describeProblems(problems);
  return [
    {
      type: 'InvalidRolloutConfig',
      status: problem ? 'True' : 'False',
      reason: problem
        ? 'ApplicationSetInvalidRolloutConfig'
        : 'ApplicationSetValidRolloutConfig',
      message: problem ?? 'Rolling Sync Configured correctly',
    },
    {
      type: 'RolloutProgressing',
      status: current ? 'True' : 'False',
      reason: current
        ? 'ApplicationSetModified'
        : 'ApplicationSetRolloutComplete',
      message: current
        ? `ApplicationSet is performing rollout of step ${current}`
        : 'ApplicationSet Rollout has completed',
    },
  ];
}
