import type { Application } from '../../model/argocd';
import type { HubSnapshot } from '../../model/fleetSnapshot';
import { findDestinationProblem } from './destination';

/**
 * What is wrong with generated Applications, by name: no name, a name twice, a project or a destination that does not exist.
 *
 * A name given twice invalidates all that have it. Source: Argo CD `applicationset_controller.go`
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
      findDestinationProblem(application.spec.destination ?? {}, hub.clusters);
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
    return `ApplicationSet ${setName} generates an Application without a name`;
  }
  return names.has(name)
    ? `ApplicationSet ${setName} generates several Applications with the name ${name}`
    : undefined;
}

function findProjectProblem(
  { spec }: Application,
  { projects }: Pick<HubSnapshot, 'projects'>,
): string | undefined {
  const project = spec.project ?? '';
  return projects && !projects.includes(project)
    ? `project ${JSON.stringify(project)} does not exist`
    : undefined;
}
