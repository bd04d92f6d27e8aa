import type { Application } from '../../../model/argocd';
import type { RolloutStep } from './strategy';

/** Which Applications belong to which step. */
export interface StepPlan {
  /** Names of the Applications per step; one may be in several. */
  members: string[][];
  /** The step of each Application, from 0: the first that selects it. Absent where none does. */
  stepOf: Map<string, number>;
  problems: StepProblems;
}

/** What is odd about the steps; they are followed nevertheless. */
export interface StepProblems {
  invalidOperators: Array<{ step: number; operator: string }>;
  /** Steps by the name of an Application that several select. */
  duplicates: Map<string, number[]>;
  emptySteps: number[];
  invalidMaxUpdates: Array<{ step: number; maxUpdate: number | string }>;
}

/**
 * Sorts Applications into the steps of a RollingSync by their labels: a step needs all its expressions; without the label
 * `In` fails and `NotIn` holds.
 *
 * Source: Argo CD `applicationset/progressivesync` `buildAppDependencyList`.
 */
export function planSteps(
  steps: RolloutStep[],
  applications: Application[],
): StepPlan {
  const problems: StepProblems = {
    invalidOperators: [],
    duplicates: new Map(),
    emptySteps: [],
    invalidMaxUpdates: [],
  };
  const members: string[][] = steps.map(() => []);
  const stepOf = new Map<string, number>();
  for (const { metadata } of applications) {
    steps.forEach((step, index) => {
      if (!isSelected(metadata.labels ?? {}, step, index, problems)) {
        return;
      }
      members[index].push(metadata.name);
      const first = stepOf.get(metadata.name);
      if (first === undefined) {
        stepOf.set(metadata.name, index);
      } else {
        const known = problems.duplicates.get(metadata.name) ?? [first];
        problems.duplicates.set(metadata.name, [...known, index]);
      }
    });
  }
  problems.emptySteps = members.flatMap((names, index) =>
    names.length === 0 ? [index] : [],
  );
  return { members, stepOf, problems };
}

function isSelected(
  labels: Record<string, string>,
  { matchExpressions = [] }: RolloutStep,
  step: number,
  { invalidOperators }: StepProblems,
): boolean {
  for (const { key = '', operator = '', values = [] } of matchExpressions) {
    if (!Object.hasOwn(labels, key)) {
      if (operator === 'In') {
        return false;
      }
    } else if (operator === 'In' || operator === 'NotIn') {
      if (values.includes(labels[key]) !== (operator === 'In')) {
        return false;
      }
    } else {
      if (
        !invalidOperators.some(
          item => item.step === step && item.operator === operator,
        )
      ) {
        invalidOperators.push({ step, operator });
      }
      return false;
    }
  }
  return true;
}

/** The problem to report, the gravest kind first; `undefined` for none. */
export function describeProblems(problems: StepProblems): string | undefined {
  if (problems.invalidOperators.length > 0) {
    const list = problems.invalidOperators
      .map(
        ({ step, operator }) =>
          `${JSON.stringify(operator)} in step ${step + 1}`,
      )
      .join(', ');
    return `matchExpressions know the operators In and NotIn only, not ${list}`;
  }
  if (problems.duplicates.size > 0) {
    return [...problems.duplicates]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([name, steps]) =>
          `Application ${name} is selected by steps ${steps
            .map(step => step + 1)
            .join(' and ')}`,
      )
      .join('; ');
  }
  if (problems.invalidMaxUpdates.length > 0) {
    return problems.invalidMaxUpdates
      .map(
        ({ step, maxUpdate }) =>
          `step ${step + 1} has the maxUpdate ${JSON.stringify(
            maxUpdate,
          )}, which is neither a number nor a percentage`,
      )
      .join('; ');
  }
  return problems.emptySteps.length > 0
    ? `no Application matches step ${problems.emptySteps
        .map(step => step + 1)
        .join(', ')}`
    : undefined;
}
