import type { ApplicationSetEvaluation } from '../applicationset';
import type { Application } from '../model/argocd';
import { evaluationDifference } from '../repository/incremental';

const byName = new WeakMap<
  ApplicationSetEvaluation,
  ReadonlyMap<string, Application>
>();

/**
 * The Applications of an evaluation by name, the last one of several with the same name; none where it failed. Found once
 * for each evaluation.
 */
export function applicationsByName(
  evaluation: ApplicationSetEvaluation,
): ReadonlyMap<string, Application> {
  let names = byName.get(evaluation);
  if (!names) {
    const applications =
      evaluation.status === 'ok' ? evaluation.applications : [];
    names = new Map(
      applications.map(({ application }) => [
        application.metadata.name,
        application,
      ]),
    );
    byName.set(evaluation, names);
  }
  return names;
}

const uniqueness = new WeakMap<ApplicationSetEvaluation, boolean>();

/** Whether no two Applications of an evaluation have the same name. */
export function hasUniqueNames(evaluation: ApplicationSetEvaluation): boolean {
  if (evaluation.status !== 'ok') return true;
  let isUnique = uniqueness.get(evaluation);
  if (isUnique === undefined) {
    isUnique =
      staysUnique(evaluation) ??
      applicationsByName(evaluation).size === evaluation.applications.length;
    uniqueness.set(evaluation, isUnique);
  }
  return isUnique;
}

/** Looks at nothing but what differs from an evaluation before, where there is one. */
function staysUnique(
  evaluation: ApplicationSetEvaluation,
): boolean | undefined {
  const difference = evaluationDifference(evaluation);
  if (!difference || !hasUniqueNames(difference.before)) return undefined;
  const removed = new Set(difference.removed.map(nameOf));
  const added = difference.added.map(nameOf);
  const before = applicationsByName(difference.before);
  return (
    new Set(added).size === added.length &&
    added.every(name => removed.has(name) || !before.has(name))
  );
}

function nameOf({ application }: { application: Application }): string {
  return application.metadata.name;
}

/** The Application with a name, for evaluations with unique names. */
export function findApplication(
  evaluation: ApplicationSetEvaluation,
  name: string,
): Application | undefined {
  const difference = byName.has(evaluation)
    ? undefined
    : evaluationDifference(evaluation);
  if (!difference) return applicationsByName(evaluation).get(name);
  const added = difference.added.find(item => nameOf(item) === name);
  if (added) return added.application;
  return difference.removed.some(item => nameOf(item) === name)
    ? undefined
    : applicationsByName(difference.before).get(name);
}

/** An Application before and after; one of them alone where it comes or goes. */
export interface ApplicationPair {
  before?: Application;
  after?: Application;
}

/**
 * Applications of two evaluations by name, those that are the same object left out. Where one evaluation was made from the
 * other, only what differs is looked at.
 */
export function differingApplications(
  before: ApplicationSetEvaluation | undefined,
  after: ApplicationSetEvaluation | undefined,
): ApplicationPair[] {
  const difference = after && evaluationDifference(after);
  if (
    difference &&
    difference.before === before &&
    hasUniqueNames(difference.before) &&
    hasUniqueNames(after)
  ) {
    return pairs(
      new Map(difference.removed.map(item => [nameOf(item), item.application])),
      new Map(difference.added.map(item => [nameOf(item), item.application])),
    );
  }
  return pairs(
    before ? applicationsByName(before) : new Map(),
    after ? applicationsByName(after) : new Map(),
  );
}

function pairs(
  before: ReadonlyMap<string, Application>,
  after: ReadonlyMap<string, Application>,
): ApplicationPair[] {
  const found: ApplicationPair[] = [];
  for (const [name, application] of after) {
    const previous = before.get(name);
    if (previous !== application)
      found.push({ before: previous, after: application });
  }
  for (const [name, application] of before) {
    if (!after.has(name)) found.push({ before: application });
  }
  return found;
}
