import type { ApplicationSetCondition } from './types';

type NewCondition = Omit<ApplicationSetCondition, 'lastTransitionTime'>;

const UP_TO_DATE = 'All applications have been generated successfully';
const PARAMETERS_GENERATED =
  'Successfully generated parameters for all Applications';

/** The set could not do what it should; `parametersGenerated` is false where not even the generators came through. */
export function errorConditions(
  reason: string,
  message: string,
  parametersGenerated: boolean,
): NewCondition[] {
  return [
    parametersGenerated
      ? parametersCondition()
      : {
          type: 'ParametersGenerated',
          status: 'False',
          reason: 'ErrorOccurred',
          message,
        },
    { type: 'ErrorOccurred', status: 'True', reason, message },
    {
      type: 'ResourcesUpToDate',
      status: 'False',
      reason: 'ErrorOccurred',
      message,
    },
  ];
}

/** All went well. */
export function upToDateConditions(): NewCondition[] {
  const reason = 'ApplicationSetUpToDate';
  return [
    parametersCondition(),
    { type: 'ResourcesUpToDate', status: 'True', reason, message: UP_TO_DATE },
    { type: 'ErrorOccurred', status: 'False', reason, message: UP_TO_DATE },
  ];
}

export function parametersCondition(): NewCondition {
  return {
    type: 'ParametersGenerated',
    status: 'True',
    reason: 'ParametersGenerated',
    message: PARAMETERS_GENERATED,
  };
}

const ROLLOUT_TYPES = ['RolloutProgressing', 'InvalidRolloutConfig'];

/**
 * The conditions of a set after some were evaluated anew. What did not change keeps its time; conditions of a rollout go
 * where there is no RollingSync.
 *
 * Source: Argo CD `applicationset_controller.go` `setApplicationSetStatusCondition`, `ApplicationSetStatus.SetConditions`.
 */
export function setConditions(
  current: ApplicationSetCondition[],
  evaluated: NewCondition[],
  rollingSync: boolean,
  now: string | undefined,
): ApplicationSetCondition[] {
  const types = new Set(evaluated.map(condition => condition.type));
  if (!rollingSync) {
    ROLLOUT_TYPES.forEach(type => types.add(type));
  }
  const kept = current.filter(condition => !types.has(condition.type));
  const renewed = evaluated
    .filter(condition => rollingSync || !ROLLOUT_TYPES.includes(condition.type))
    .map(
      condition =>
        current.find(other => isSameCondition(other, condition)) ?? {
          ...(now !== undefined && { lastTransitionTime: now }),
          ...condition,
        },
    );
  return [...kept, ...renewed].sort((a, b) => (a.type < b.type ? -1 : 1));
}

/** Whether two conditions say the same, their times aside. */
export function isSameCondition(a: NewCondition, b: NewCondition): boolean {
  return (
    a.type === b.type &&
    a.status === b.status &&
    a.reason === b.reason &&
    a.message === b.message
  );
}
