import type { Check } from '@backstage-fleet/plugin-fleet-common';
import {
  LabelSelectorRequirement,
  matchesLabelSelector,
} from '../applicationset';
import type { ClusterGenerator } from '../repository';

/** A requirement of a cluster generator's selector with its result on one cluster. */
export interface SelectorCheck {
  requirement: LabelSelectorRequirement;
  /** Whether it was written under `matchLabels`. */
  fromLabels: boolean;
  actual: string | undefined;
  passed: boolean;
}

export function checkSelector(
  generator: ClusterGenerator,
  labels: Record<string, string>,
): SelectorCheck[] {
  const requirements = [
    ...Object.entries(generator.matchLabels).map(([key, value]) => ({
      requirement: { key, operator: 'In', values: [String(value)] },
      fromLabels: true,
    })),
    ...generator.matchExpressions.map(requirement => ({
      requirement,
      fromLabels: false,
    })),
  ];
  return requirements.map(({ requirement, fromLabels }) => ({
    requirement,
    fromLabels,
    actual: Object.hasOwn(labels, requirement.key)
      ? labels[requirement.key]
      : undefined,
    passed: matchesLabelSelector({ matchExpressions: [requirement] }, labels),
  }));
}

function alternatives(values: string[]): string {
  const quoted = values.map(value => (value === '' ? '""' : value));
  return quoted.length < 2
    ? quoted.join('')
    : `${quoted.slice(0, -1).join(', ')} or ${quoted[quoted.length - 1]}`;
}

/** What a requirement asks, in words. */
export function requirementText({
  key,
  operator,
  values = [],
}: LabelSelectorRequirement): string {
  switch (operator) {
    case 'In':
      return `${key} is ${alternatives(values)}`;
    case 'NotIn':
      return `${key} is not ${alternatives(values)}`;
    case 'Exists':
      return `${key} is set`;
    case 'DoesNotExist':
      return `${key} is not set`;
    default:
      return `${key} ${operator} ${values.join(', ')}`;
  }
}

export function asCheck({ requirement, actual, passed }: SelectorCheck): Check {
  return {
    text: requirementText(requirement),
    actual: actual ?? 'no such label',
    passed,
  };
}

/** Code and sentence for the first requirement that a cluster does not meet. */
export function exclusion(
  applicationSet: string,
  cluster: string,
  { requirement, fromLabels, actual }: SelectorCheck,
): { reason: string; sentence: string } {
  const { key, operator, values = [] } = requirement;
  if (fromLabels) {
    const selects = `ApplicationSet \`${applicationSet}\` selects clusters labelled \`${key}: "${values[0]}"\``;
    return actual === undefined
      ? {
          reason: 'label-missing',
          sentence: `${selects}; \`${cluster}\` has no such label.`,
        }
      : {
          reason: 'label-value',
          sentence: `${selects}; on \`${cluster}\` it is \`"${actual}"\`.`,
        };
  }
  const known = ['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator);
  const has =
    actual === undefined ? 'has no such label' : `has \`${key}: "${actual}"\``;
  return {
    reason: 'selector-expression',
    sentence: known
      ? `ApplicationSet \`${applicationSet}\` selects clusters whose label ${requirementText(
          { ...requirement, key: `\`${key}\`` },
        )}; \`${cluster}\` ${has}.`
      : `ApplicationSet \`${applicationSet}\` has the selector operator \`${operator}\`, which does not exist, so it selects no cluster.`,
  };
}
