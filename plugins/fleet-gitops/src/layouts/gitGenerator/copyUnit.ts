import { ConflictError, InputError } from '@backstage/errors';
import type { RepositorySnapshot } from '../../model/repository';
import { nameToken } from '../../repository/serviceName';
import { readYamlFile } from '../../sources/yamlFiles';
import { setScalar } from '../../yaml';
import { locationOf } from '../applicationSets/deployments';
import { evaluationScope } from '../applicationSets/evaluations';
import { refuseProtectedFields } from '../applicationSets/protectedFields';
import { newRow } from '../applicationSets/rows';
import { Edits } from '../edits';
import { copyDocument } from '../siblingPattern';
import type { LayoutContext, LayoutEdit } from '../types';
import type { Unit } from './units';

/** What the copy of a unit is for. */
export interface UnitRequest {
  service: string;
  cluster: string;
  /** For a service that is new. */
  version?: string;
}

type Rename = (text: string) => string;

/** Fields that say from and to where software goes are never made from a name that somebody typed. */
const PROTECTED_LINE =
  /^[\s"'-]*(project|repoURL|server|targetRevision|chart)["']?\s*:(.*)$/;

function renaming(pattern: Unit, request: UnitRequest): Rename {
  return text =>
    text
      .replace(nameToken(pattern.cluster, 'g'), () => request.cluster)
      .replace(nameToken(pattern.service, 'g'), () => request.service);
}

/** The path with the names, and whole segments that are the environment or region, replaced. */
function newPath(
  pattern: Unit,
  rename: Rename,
  place: { environment?: string; region?: string },
): string {
  const { environment, region } = pattern.deployed;
  return rename(pattern.path)
    .split('/')
    .map(segment => {
      if (segment === environment && place.environment)
        return place.environment;
      return segment === region && place.region ? place.region : segment;
    })
    .join('/');
}

/**
 * Puts a service on a cluster by a copy of a file or directory that puts one on another.
 *
 * @param units - all of them: what they say of the cluster is taken over
 */
export function copyUnit(
  patterns: Unit[],
  request: UnitRequest,
  units: Unit[],
  repository: RepositorySnapshot,
  context: LayoutContext,
): LayoutEdit {
  const { service, cluster } = request;
  if (patterns.length === 0)
    throw new ConflictError(
      `No file or directory deploys \`${service}\` to a cluster yet, so there is none to copy for \`${cluster}\`. Write the first one by hand.`,
    );
  const on = units.find(unit => unit.cluster === cluster)?.deployed;
  const record = evaluationScope(repository, context).hub.clusters.find(
    ({ name }) => name === cluster,
  );
  const location = locationOf(context, record?.labels);
  const environment = location.environment ?? on?.environment;
  const region = location.region ?? on?.region;
  const near = patterns.filter(
    ({ deployed }) => environment && deployed.environment === environment,
  );
  const [pattern] = near.length > 0 ? near : patterns;
  if (pattern.service !== service)
    refuseProtectedFields(service, pattern.deployed, pattern.declared);
  const rename = renaming(pattern, request);
  const path = newPath(pattern, rename, { environment, region });
  if (path === pattern.path) {
    throw new ConflictError(
      `${pattern.path} puts \`${pattern.service}\` on \`${pattern.cluster}\`, and its path does not name them. Add the one for \`${service}\` on \`${cluster}\` by hand.`,
    );
  }
  const edits = new Edits(repository);
  if (pattern.kind === 'file') {
    refuseExisting(path, edits, request);
    const text = newFile(
      pattern,
      patterns,
      request,
      units,
      repository,
      context,
    );
    edits.set(path, text, `${path}: ${service} on ${cluster}`);
    return edits.result();
  }
  const prefix = `${pattern.path}/`;
  for (const [file, text] of repository.files) {
    if (!file.startsWith(prefix)) continue;
    const target = `${path}/${rename(file.slice(prefix.length))}`;
    refuseExisting(target, edits, request);
    edits.set(
      target,
      newText(file, text, rename, request, repository),
      `${path}: ${service} on ${cluster}`,
    );
  }
  const { changes, lines } = edits.result();
  return { changes, lines: [...new Set(lines)] };
}

function refuseExisting(
  file: string,
  edits: Edits,
  { service, cluster }: UnitRequest,
): void {
  if (edits.has(file))
    throw new ConflictError(
      `${file} exists already and does not deploy \`${service}\` to \`${cluster}\`. Correct or remove it first.`,
    );
}

function newFile(
  pattern: Unit,
  patterns: Unit[],
  request: UnitRequest,
  units: Unit[],
  repository: RepositorySnapshot,
  context: LayoutContext,
): string {
  const { file, path: at } = pattern.row!.place;
  if (at.length > 0) {
    throw new ConflictError(
      `${file} has a list of deployments. Add the one of \`${request.service}\` on \`${request.cluster}\` by hand.`,
    );
  }
  const rowOf = (all: Unit[]) => all.flatMap(({ row }) => (row ? [row] : []));
  const { values } = newRow(
    {
      ...request,
      siblings: rowOf([
        pattern,
        ...patterns.filter(other => other !== pattern),
      ]),
      rows: rowOf(units),
    },
    repository,
    context,
  );
  const original = repository.files.get(file)!;
  const rename = renaming(pattern, request);
  let text =
    copyDocument(original, 0, rename) ??
    copyDocument(original, 0, same => same) ??
    original;
  for (const [key, value] of Object.entries(values)) {
    if (['string', 'number', 'boolean'].includes(typeof value))
      text = setScalar(text, [key], value, { file });
  }
  if (
    pattern.cluster !== request.cluster &&
    nameToken(pattern.cluster).test(text)
  ) {
    throw new ConflictError(
      `${file} names \`${pattern.cluster}\` in a field that is not copied for another cluster. Add the file of \`${request.cluster}\` by hand.`,
    );
  }
  return text;
}

function newText(
  file: string,
  text: string,
  rename: Rename,
  { version, service }: UnitRequest,
  repository: RepositorySnapshot,
): string {
  for (const line of text.split('\n')) {
    const [, field, value] = PROTECTED_LINE.exec(line) ?? [];
    if (value !== undefined && rename(value) !== value)
      throw new ConflictError(
        `${file}: \`${field}\` has the name of the cluster or service, and is not copied for another. Add the directory by hand.`,
      );
  }
  const renamed = rename(text);
  if (version === undefined || !/(^|\/)kustomization\.yaml$/.test(file))
    return renamed;
  const images: unknown = readYamlFile(repository, file)?.images;
  const index = Array.isArray(images)
    ? images.findIndex(image => image?.newTag !== undefined)
    : -1;
  if (index < 0) return renamed;
  try {
    return setScalar(renamed, ['images', index, 'newTag'], version, { file });
  } catch (error) {
    throw new InputError(
      `The version of \`${service}\` cannot be written: ${
        (error as Error).message
      }`,
    );
  }
}
