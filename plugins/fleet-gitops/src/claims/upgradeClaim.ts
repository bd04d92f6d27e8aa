import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { ConflictError, InputError } from '@backstage/errors';
import { setClusterMetadata } from '../layouts/clusterLabels';
import { Edits } from '../layouts/edits';
import type { RepositorySnapshot } from '../model/repository';
import { indexRepository } from '../repository/indexRepository';
import { editClaim } from './editClaim';
import { formatFieldPath, valueAt } from './fieldPath';
import { ClusterClaim, requireClaim } from './findClaim';
import {
  formatKubernetesVersion,
  minorOf,
  parseKubernetesVersion,
  upgradeProblem,
} from './kubernetesVersion';
import { versionLocation } from './locations';
import { namesIn } from './placeholders';
import { renderAll } from './registration';
import type { TextSource } from './types';

const FIELD = 'parameters.kubernetesVersion';

/**
 * Sets the Kubernetes version of a cluster's claim, and the labels and annotations of its registration that say it.
 *
 * @throws `NotFoundError` where the cluster has no claim, `InputError` where it cannot go to that version, `ConflictError`
 *   where the claim does not say its version in a place that is known
 */
export function upgradeCluster(
  cluster: string,
  kubernetesVersion: string,
  repository: RepositorySnapshot,
  edits: Edits,
  onHub: readonly KubernetesObject[] = [],
): void {
  const claim = requireClaim(cluster, repository);
  const location = versionLocation(claim.provisioner, claim.blueprint);
  if (!location)
    throw unknownPlace(claim, 'Kubernetes version', 'kubernetesVersion');
  const { path, format } = location;
  const current = valueAt(claim.object, path);
  const from =
    typeof current === 'string' ? parseKubernetesVersion(current) : undefined;
  if (!from)
    throw new ConflictError(
      `${claim.file}: \`${formatFieldPath(path)}\` is ${
        current === undefined ? 'not there' : `\`${current}\``
      }, so the version that ${cluster} has is not known. Correct it first.`,
    );
  const version = formatKubernetesVersion(kubernetesVersion, format, FIELD);
  const problem = upgradeProblem(from, parseKubernetesVersion(version)!);
  if (problem)
    throw new InputError(
      `${FIELD}: \`${version}\` ${problem}: ${cluster} has \`${current}\`.`,
    );
  editClaim({
    claim,
    path,
    value: version,
    field: FIELD,
    line: `${claim.file}: Kubernetes ${current} → ${version}`,
    repository,
    edits,
    onHub,
  });
  updateRegistration(claim, version, repository, edits);
}

/** Labels and annotations that the blueprint makes of the version are made again. */
function updateRegistration(
  { cluster, blueprint }: ClusterClaim,
  kubernetesVersion: string,
  repository: RepositorySnapshot,
  edits: Edits,
): void {
  const declared = indexRepository(repository).clusters.find(
    ({ name }) => name === cluster,
  );
  if (!blueprint || !declared) return;
  const values = {
    cluster,
    blueprint: blueprint.id,
    parameters: {},
    kubernetesVersion,
    kubernetesMinor: minorOf(parseKubernetesVersion(kubernetesVersion)!),
  };
  for (const field of ['labels', 'annotations'] as const) {
    const renewed = renderAll(ofVersion(blueprint.registration[field]), values);
    const changed = Object.fromEntries(
      Object.entries(renewed).filter(
        ([key, value]) =>
          key in declared[field] && declared[field][key] !== value,
      ),
    );
    for (const [key, value] of Object.entries(changed)) {
      const { file } = declared;
      edits.set(
        file,
        setClusterMetadata(declared, field, { [key]: value }, edits.text(file)),
        `${file}: ${field.slice(0, -1)} ${key}: ${JSON.stringify(value)}`,
      );
    }
  }
}

/** The texts that say the version and need no parameter. */
function ofVersion(
  sources: Record<string, TextSource>,
): Record<string, TextSource> {
  return Object.fromEntries(
    Object.entries(sources).filter(([, source]) => {
      const names = namesIn(source);
      return (
        names.some(name => name.startsWith('kubernetes')) &&
        !names.some(name => name.startsWith('parameters'))
      );
    }),
  );
}

/** The error for a claim whose blueprint does not say where something is. */
export function unknownPlace(
  { file, blueprintId, blueprint, object }: ClusterClaim,
  what: string,
  field: string,
): ConflictError {
  if (blueprint)
    return new ConflictError(
      `${blueprint.file}: spec.${field} does not say where ${object.kind} has its ${what}. Add it there.`,
    );
  return new ConflictError(
    blueprintId
      ? `${file} was made from blueprint \`${blueprintId}\`, which is not in the repository, so where ${object.kind} has its ${what} is not known. Bring the blueprint back.`
      : `${file} does not say which blueprint it was made from, so where ${object.kind} has its ${what} is not known. Add the annotation fleet/blueprint.`,
  );
}
