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

/** The problem to report, the gravest kind first, in Argo CD's words; `undefined` for none. */
export function describeProblems(problems: StepProblems): string | undefined {
  const { invalidOperators, duplicates, invalidMaxUpdates, emptySteps } =
    problems;
  if (invalidOperators.length > 0) {
    const operators = invalidOperators.map(item => item.operator).join(', ');
    return `${nameSteps(
      invalidOperators,
    )} invalid matchExpression operators: ${operators}. Supported Operators are 'In' and 'NotIn'`;
  }
  if (duplicates.size > 0) {
    const names = [...duplicates.keys()].sort();
    const steps = names.map(name =>
      duplicates
        .get(name)!
        .map(step => step + 1)
        .join('-'),
    );
    return names.length === 1
      ? `Application '${names[0]}' is selected by multiple steps: (${steps[0]})`
      : `Applications '${names.join(
          "', '",
        )}' are selected by multiple steps: [(${steps.join('), (')})]`;
  }
  if (invalidMaxUpdates.length > 0) {
    const values = invalidMaxUpdates.map(item => item.maxUpdate).join(', ');
    return invalidMaxUpdates.length === 1
      ? `${nameSteps(invalidMaxUpdates)} an invalid maxUpdate value: ${values}`
      : `${nameSteps(invalidMaxUpdates)} invalid maxUpdate values: [${values}]`;
  }
  return emptySteps.length > 0
    ? `Steps [${emptySteps
        .map(step => step + 1)
        .join(' ')}] have no applications matching their criteria`
    : undefined;
}

function nameSteps(items: Array<{ step: number }>): string {
  const numbers = items.map(item => item.step + 1).join(', ');
  return items.length === 1 ? `Step ${numbers} has` : `Steps ${numbers} have`;
}
