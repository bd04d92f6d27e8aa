import { ConflictError, InputError } from '@backstage/errors';
import type { RepositorySnapshot } from '../../model/repository';
import { nameToken } from '../../repository/serviceName';
import { applicationSetsIn, ownVersion } from '../applicationSets/services';
import { hasDirectory } from '../fleetServices';
import { inSequence } from '../sequence';
import type { LayoutContext, LayoutEdit, OnboardRequest } from '../types';
import { copyUnit } from './copyUnit';
import { ownDirectory, Unit, unitsOf } from './units';

/** The units that are a pattern for the service, with the directory that it would be deployed from. */
interface Candidate {
  directory: string;
  units: Unit[];
}

function candidatesOf(
  service: string,
  units: Unit[],
  repository: RepositorySnapshot,
): Candidate[] {
  const candidates = new Map<string, Candidate>();
  for (const unit of units) {
    const own = ownDirectory(unit, repository);
    const directory = own?.replace(nameToken(unit.service, 'g'), () => service);
    if (directory === undefined || directory === own) continue;
    const key = `${unit.declared.file}\n${directory}`;
    const candidate = candidates.get(key) ?? { directory, units: [] };
    candidate.units.push(unit);
    candidates.set(key, candidate);
  }
  return [...candidates.values()].sort(
    (one, other) => other.units.length - one.units.length,
  );
}

/** Puts a new service on clusters by files or directories like those of its siblings. */
export function onboardUnits(
  request: OnboardRequest,
  repository: RepositorySnapshot,
  context: LayoutContext,
): LayoutEdit {
  const { service, clusters, path, namespace } = request;
  const current = (state: RepositorySnapshot) =>
    unitsOf(applicationSetsIn(state, 'git-generator'), state, context);
  const candidates = candidatesOf(service, current(repository), repository);
  if (candidates.length === 0) {
    throw new ConflictError(
      `No file or directory of the repository can be the pattern for \`${service}\`: one is needed whose path names its service and its cluster. Write the first one by hand.`,
    );
  }
  const [chosen] = candidates.filter(({ directory }) =>
    path === undefined
      ? hasDirectory(repository, directory)
      : directory === path,
  );
  if (!chosen || !hasDirectory(repository, chosen.directory)) {
    const places = candidates.map(({ directory }) => `\`${directory}\``);
    throw new InputError(
      path === undefined
        ? `parameters.path: ${places.join(
            ' or ',
          )} does not exist in the repository. Add the service’s chart or base there first.`
        : `parameters.path: services of this repository are deployed from ${places.join(
            ' or ',
          )}. Leave the path out.`,
    );
  }
  if (namespace !== undefined)
    refuseNamespace(namespace, service, chosen.units[0]);
  const version = ownVersion(chosen.directory, repository);
  if (version === undefined)
    throw new InputError(
      `parameters.service: nothing says the first version of \`${service}\`. Add \`image.tag\` to its values, \`appVersion\` to its Chart.yaml, or an image with \`newTag\` to its kustomization.`,
    );
  const { file } = chosen.units[0].declared;
  return inSequence(
    repository,
    clusters.map(cluster => state => {
      const units = current(state);
      const siblings = units.filter(unit => unit.declared.file === file);
      const own = siblings.filter(unit => unit.service === service);
      const there = siblings.filter(unit => unit.cluster === cluster);
      const [patterns] = [there, own, siblings].filter(
        group => group.length > 0,
      );
      return copyUnit(
        patterns,
        { service, cluster, version },
        units,
        state,
        context,
      );
    }),
  );
}

/** The namespace is the template's: only what it would be anyway may be asked for. */
function refuseNamespace(
  namespace: string,
  service: string,
  { service: sibling, deployed, declared }: Unit,
): void {
  const own = deployed.application.spec.destination?.namespace ?? '';
  const expected = own.replace(nameToken(sibling, 'g'), () => service);
  if (namespace !== expected)
    throw new InputError(
      `parameters.namespace: ${declared.file} deploys \`${service}\` to namespace \`${expected}\`. Leave the namespace out.`,
    );
}
