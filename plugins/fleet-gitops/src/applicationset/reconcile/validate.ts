import type { Application } from '../../model/argocd';
import type { HubSnapshot } from '../../model/fleetSnapshot';
import { findDestinationProblem } from './destination';

/**
 * What is wrong with generated Applications, by name: no name, a name twice, a project or a destination that does not exist.
 *
 * A name given twice invalidates all that have it. The wording is Argo CD's, because people know it. Source: Argo CD `applicationset_controller.go`
 * `validateGeneratedApplications`.
 */
export function validateApplications(
  applications: Application[],
  setName: string,
  hub: Pick<HubSnapshot, 'clusters' | 'projects'>,
): Map<string, string> {
  const problems = new Map<string, string>();
  const names = new Set<string>();
  for (const application of applications) {
    const name = application.metadata.name ?? '';
    const problem =
      findNameProblem(name, setName, names) ??
      findProjectProblem(application, hub) ??
      findInvalidDestination(application, hub);
    names.add(name);
    if (problem) {
      problems.set(name, problem);
    }
  }
  return problems;
}

function findNameProblem(
  name: string,
  setName: string,
  names: Set<string>,
): string | undefined {
  if (name === '') {
    return `ApplicationSet ${setName} contains an application with no name`;
  }
  return names.has(name)
    ? `ApplicationSet ${setName} contains applications with duplicate name: ${name}`
    : undefined;
}

function findProjectProblem(
  { spec }: Application,
  { projects }: Pick<HubSnapshot, 'projects'>,
): string | undefined {
  const project = spec.project ?? '';
  return projects && !projects.includes(project)
    ? `application references project ${project} which does not exist`
    : undefined;
}

function findInvalidDestination(
  { spec }: Application,
  { clusters }: Pick<HubSnapshot, 'clusters'>,
): string | undefined {
  const problem = findDestinationProblem(spec.destination ?? {}, clusters);
  return problem && `application destination spec is invalid: ${problem}`;
}
