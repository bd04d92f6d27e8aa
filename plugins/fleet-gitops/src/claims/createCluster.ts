import type {
  CreateClusterParameters,
  KubernetesObject,
} from '@backstage-fleet/plugin-fleet-common';
import { ConflictError, InputError } from '@backstage/errors';
import { Edits } from '../layouts/edits';
import type { LayoutEdit } from '../layouts/types';
import { directory } from '../intents/grammar';
import type { RepositorySnapshot } from '../model/repository';
import { indexRepository } from '../repository/indexRepository';
import { refuseProtectedMetadata } from '../repository/protectedMetadata';
import type { YamlValue } from '../yaml';
import { writeBlock } from '../yaml/write';
import { findBlueprint } from './blueprints';
import { buildClaim } from './buildClaim';
import { checkClaim } from './checkClaim';
import { readObjects } from './declaredObjects';
import { parseFieldPath, valueAt } from './fieldPath';
import { findClaim } from './findClaim';
import { listFile } from '../layouts/kustomization';
import {
  formatKubernetesVersion,
  minorOf,
  parseKubernetesVersion,
} from './kubernetesVersion';
import { PARAMETERS_FIELD, readParameters } from './parameters';
import { BlueprintValues, renderText } from './placeholders';
import { versionLocation } from './locations';
import { buildRegistration } from './registration';
import type { ClaimCheck } from './checkClaim';
import type { ClusterBlueprint } from './types';

/** A claim and its cluster's registration, as files. */
export interface CreatedCluster extends LayoutEdit {
  blueprint: ClusterBlueprint;
  claim: KubernetesObject;
  registration: KubernetesObject;
  checkedAgainst?: string;
}

/**
 * Writes the claim of a new cluster and its registration, from a blueprint.
 *
 * @param onHub - definitions that the hub has
 * @returns no changes where both are there already
 * @throws `InputError` for parameters, `NotFoundError` for an unknown blueprint, `ConflictError` where the cluster exists
 *   or the blueprint cannot be used
 */
export function createCluster(
  request: CreateClusterParameters,
  repository: RepositorySnapshot,
  onHub: readonly KubernetesObject[] = [],
): CreatedCluster {
  for (const field of ['labels', 'annotations'] as const)
    refuseProtectedMetadata(
      field,
      Object.keys(request[field] ?? {}),
      repository,
    );
  const blueprint = findBlueprint(request.blueprint, repository);
  const values = valuesOf(blueprint, request);
  const claim = buildClaim(blueprint, values);
  const check = checkClaim(claim, blueprint.provisioner, repository, onHub);
  refuse(check, claim, blueprint);
  const registration = buildRegistration(blueprint, values, request);

  const edits = new Edits(repository);
  const claimFile = fileOf(blueprint.claim.file, values, blueprint);
  const secretFile = fileOf(blueprint.registration.file, values, blueprint);
  if (claimFile === secretFile)
    throw new ConflictError(
      `${blueprint.file}: claim and registration have the same file, \`${claimFile}\`.`,
    );
  refuseExisting(request.cluster, { claimFile, secretFile }, repository);
  for (const [file, object] of [
    [claimFile, claim],
    [secretFile, registration],
  ] as const) {
    if (isThere(file, object, repository)) continue;
    edits.set(
      file,
      print(object),
      `${file}: ${object.kind} ${request.cluster}`,
    );
    listFile(file, edits);
  }
  if (edits.changes.has(claimFile))
    edits.leaveUnchecked(claimFile, check.notChecked);
  return {
    ...edits.result(),
    blueprint,
    claim,
    registration,
    ...(check.checkedAgainst ? { checkedAgainst: check.checkedAgainst } : {}),
  };
}

function valuesOf(
  blueprint: ClusterBlueprint,
  { cluster, parameters }: CreateClusterParameters,
): BlueprintValues {
  const values: BlueprintValues = {
    cluster,
    blueprint: blueprint.id,
    parameters: readParameters(blueprint, parameters),
  };
  const location = versionLocation(blueprint.provisioner, blueprint);
  if (!location) return values;
  const given = values.parameters.kubernetesVersion;
  const text = given ?? valueAt(blueprint.claim.manifest, location.path);
  if (typeof text !== 'string') return values;
  const kubernetesVersion = formatKubernetesVersion(
    text,
    location.format,
    given ? `${PARAMETERS_FIELD}.kubernetesVersion` : blueprint.file,
  );
  return {
    ...values,
    kubernetesVersion,
    kubernetesMinor: minorOf(parseKubernetesVersion(kubernetesVersion)!),
  };
}

/** Says what is wrong with a claim by the parameters that its fields come from. */
function refuse(
  { violations, checkedAgainst }: ClaimCheck,
  claim: KubernetesObject,
  blueprint: ClusterBlueprint,
): void {
  if (violations.length === 0) return;
  const against = checkedAgainst
    ? ` (${claim.kind} as ${
        checkedAgainst === 'built in' ? 'Cluster API' : checkedAgainst
      } has it)`
    : '';
  const messages = violations.map(({ path, field, message }) => {
    const binding = blueprint.claim.values.find(candidate =>
      parseFieldPath(candidate.path)!.every(
        (segment, index) => path[index] === segment,
      ),
    );
    const parameter =
      binding?.from.startsWith('parameters.') &&
      PARAMETERS_FIELD + binding.from.slice('parameters'.length);
    return {
      isInput: Boolean(parameter),
      text: parameter
        ? `${parameter}: \`${field}\` ${message}`
        : `\`${field}\` ${message}`,
    };
  });
  const text = messages.map(message => message.text).join('; ');
  if (messages.every(({ isInput }) => isInput))
    throw new InputError(`${text}${against}`);
  throw new ConflictError(
    `Blueprint \`${blueprint.id}\` (${blueprint.file}) makes no valid claim of these parameters: ${text}${against}`,
  );
}

/** A path that a blueprint names. It stays inside the repository, whatever the parameters are. */
function fileOf(
  template: string,
  values: BlueprintValues,
  blueprint: ClusterBlueprint,
): string {
  const file = renderText(template, values);
  if (file === undefined)
    throw new ConflictError(
      `${blueprint.file}: \`${template}\` names a parameter that may be left out.`,
    );
  const checked = directory.safeParse(file);
  if (!checked.success)
    throw new InputError(
      `\`${file}\`, the file that ${blueprint.file} names, ${checked.error.issues[0].message}.`,
    );
  if (file.split('/').length !== template.split('/').length)
    throw new InputError(
      `\`${file}\`, the file that ${blueprint.file} names, has a parameter with a \`/\`.`,
    );
  return file;
}

/** A cluster is made once: the name must be free in Git, except in the very files that this request writes. */
function refuseExisting(
  cluster: string,
  { claimFile, secretFile }: { claimFile: string; secretFile: string },
  repository: RepositorySnapshot,
): void {
  const declared = indexRepository(repository).clusters.find(
    ({ name, file }) => name === cluster && file !== secretFile,
  );
  if (declared)
    throw new ConflictError(
      `parameters.cluster: \`${cluster}\` is registered already in ${declared.file}. Choose another name.`,
    );
  const claim = findClaim(cluster, repository);
  if (claim && claim.file !== claimFile)
    throw new ConflictError(
      `parameters.cluster: \`${cluster}\` has a claim already in ${claim.file}. Choose another name.`,
    );
}

/** Whether a file has the object already, whatever else was added to it since. */
function isThere(
  file: string,
  object: KubernetesObject,
  repository: RepositorySnapshot,
): boolean {
  if (!repository.files.has(file)) return false;
  const { objects } = readObjects(
    { ...repository, files: new Map([[file, repository.files.get(file)!]]) },
    () => true,
  );
  if (objects.some(declared => contains(declared.object, object))) return true;
  throw new ConflictError(
    `parameters.cluster: ${file} exists already and says something else. Choose another name, or remove the file first.`,
  );
}

function contains(one: unknown, part: unknown): boolean {
  if (part === null || typeof part !== 'object') return one === part;
  if (one === null || typeof one !== 'object') return false;
  if (Array.isArray(part))
    return (
      Array.isArray(one) &&
      one.length === part.length &&
      part.every((item, index) => contains(one[index], item))
    );
  return Object.entries(part).every(([key, value]) =>
    contains((one as Record<string, unknown>)[key], value),
  );
}

function print(object: KubernetesObject): string {
  const style = { step: 2, listStep: 2, lineBreak: '\n' };
  return `${writeBlock(object as unknown as YamlValue, 0, style)}\n`;
}
