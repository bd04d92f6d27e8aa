/**
 * A Kubernetes label selector.
 *
 * @public
 */
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: LabelSelectorRequirement[];
}

/** @public */
export interface LabelSelectorRequirement {
  key: string;
  /** `In`, `NotIn`, `Exists` or `DoesNotExist`. */
  operator: string;
  values?: string[];
}

/**
 * Whether labels match a selector. An empty selector matches everything; all requirements must hold; `NotIn` and
 * `DoesNotExist` hold where the label is absent; an operator that Kubernetes does not know never holds.
 *
 * Source: `k8s.io/apimachinery/pkg/labels`, `Requirement.Matches`.
 *
 * @public
 */
export function matchesLabelSelector(
  selector: LabelSelector,
  labels: Record<string, string>,
): boolean {
  return findFailingRequirement(selector, labels) === undefined;
}

/**
 * The first requirement that these labels do not meet, for explanations; `undefined` where the selector matches. An entry
 * of `matchLabels` is given as `In` with its one value.
 *
 * @public
 */
export function findFailingRequirement(
  selector: LabelSelector,
  labels: Record<string, string>,
): LabelSelectorRequirement | undefined {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (!Object.hasOwn(labels, key) || labels[key] !== value) {
      return { key, operator: 'In', values: [value] };
    }
  }
  return selector.matchExpressions?.find(
    requirement => !meetsRequirement(requirement, labels),
  );
}

function meetsRequirement(
  { key, operator, values = [] }: LabelSelectorRequirement,
  labels: Record<string, string>,
): boolean {
  const present = Object.hasOwn(labels, key);
  switch (operator) {
    case 'In':
      return present && values.includes(labels[key]);
    case 'NotIn':
      return !present || !values.includes(labels[key]);
    case 'Exists':
      return present;
    case 'DoesNotExist':
      return !present;
    default:
      return false;
  }
}

const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const DNS_SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * What is wrong with a selector, in a sentence; `undefined` where nothing is.
 *
 * The selector of a cluster generator may only name legal label values. The one behind a generator filters parameters, so
 * its values may be anything (`anyValue`), a server's address for example.
 *
 * Sources: `k8s.io/apimachinery/pkg/labels` `NewRequirement`; Argo CD `applicationset/utils/selector.go`.
 *
 * @public
 */
export function findSelectorProblem(
  selector: LabelSelector,
  options: { anyValue?: boolean } = {},
): string | undefined {
  const requirements = [
    ...Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({
      key,
      operator: 'In',
      values: [value],
    })),
    ...(selector.matchExpressions ?? []),
  ];
  for (const requirement of requirements) {
    const problem = findRequirementProblem(requirement, options);
    if (problem) {
      return problem;
    }
  }
  return undefined;
}

function findRequirementProblem(
  { key, operator, values = [] }: LabelSelectorRequirement,
  options: { anyValue?: boolean },
): string | undefined {
  const quotedKey = JSON.stringify(key);
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) {
        return `${operator} on ${quotedKey} needs at least one value`;
      }
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) {
        return `${operator} on ${quotedKey} takes no values`;
      }
      break;
    default:
      return `${JSON.stringify(
        operator,
      )} on ${quotedKey} is no selector operator; use In, NotIn, Exists or DoesNotExist`;
  }
  if (!isQualifiedName(key)) {
    return `${quotedKey} is no label key: it needs up to 63 letters, digits, "-", "_" or ".", optionally after a DNS name and one "/"`;
  }
  const badValue = options.anyValue
    ? undefined
    : values.find(value => value.length > 63 || !LABEL_VALUE.test(value));
  return badValue === undefined
    ? undefined
    : `${JSON.stringify(
        badValue,
      )}, wanted for label ${quotedKey}, is no label value: at most 63 letters, digits, "-", "_" or "."`;
}

function isQualifiedName(key: string): boolean {
  const parts = key.split('/');
  const name = parts[parts.length - 1];
  if (parts.length > 2 || name.length > 63 || !NAME.test(name)) {
    return false;
  }
  return (
    parts.length === 1 ||
    (parts[0].length <= 253 && DNS_SUBDOMAIN.test(parts[0]))
  );
}
