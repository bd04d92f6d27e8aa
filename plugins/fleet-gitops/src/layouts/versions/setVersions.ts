import { ConflictError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';
import type {
  RepositoryLookup,
  RepositorySnapshot,
} from '../../model/repository';
import { withChanges } from '../../repository/indexRepository';
import {
  appendListItem,
  setMapEntry,
  setScalar,
  YamlEditError,
  YamlValue,
} from '../../yaml';
import { Edits } from '../edits';
import type { LayoutEdit } from '../types';
import { noVersion } from './noVersion';
import { decidingLayer, placeKey, VersionLayer, versionLayers } from './layers';
import type { DeployedApplication, FieldOrigin } from './types';

/** The Applications that a repository has, as far as they can depend on the files in question. */
export interface VersionScope {
  deployments: DeployedApplication[];
  lookup: RepositoryLookup;
}

/** What a version is set on. */
export interface SetVersionsOptions {
  repository: RepositorySnapshot;
  /** The deployments that get the version, among those that `read` yields. */
  isTarget(deployed: DeployedApplication): boolean;
  version: string;
  /**
   * Reads a repository: the deployments of the service, and all others that may read one of the files.
   */
  read(repository: RepositorySnapshot, files: string[]): VersionScope;
}

interface Versioned {
  deployed: DeployedApplication;
  layers: VersionLayer[];
  lookup: RepositoryLookup;
}

/** For people: the cluster, or where there is none the environment. */
function nameOf({ deployed }: Versioned, service: string): string {
  const place =
    deployed.cluster ??
    deployed.environment ??
    deployed.application.metadata.name;
  return deployed.service === service
    ? place
    : `${deployed.service} on ${place}`;
}

/** By place: those whose version is different once the place says another. */
function affectedByPlace(all: Versioned[]): Map<string, Versioned[]> {
  const affected = new Map<string, Versioned[]>();
  for (const item of all) {
    const { layers } = item;
    // What is weaker than the layer that decides makes no difference.
    const last = decidingLayer(layers)?.index ?? layers.length - 1;
    for (const { place } of layers.slice(0, last + 1)) {
      if (!place) continue;
      const key = placeKey(place);
      const items = affected.get(key);
      if (!items) affected.set(key, [item]);
      else if (items[items.length - 1] !== item) items.push(item);
    }
  }
  return affected;
}

function write(
  text: string,
  place: FieldOrigin,
  version: string,
  isNew: boolean,
): string {
  const { file, document, path, format, item } = place;
  const value = format ? format(version) : version;
  const key = path[path.length - 1];
  if (isNew && item) return addItem(text, place, item(version));
  return isNew && typeof key === 'string'
    ? setMapEntry(text, path.slice(0, -1), key, value, { file, document })
    : setScalar(text, path, value, { file, document });
}

/** Adds to the list, which is made where it is not there. */
function addItem(
  text: string,
  { file, document, path }: FieldOrigin,
  item: YamlValue,
): string {
  const [key] = path;
  const list: unknown = parseAllDocuments(text)[document]?.toJS()?.[key];
  return Array.isArray(list)
    ? appendListItem(text, path, item, { file, document })
    : setMapEntry(text, [], String(key), [item], { file, document });
}

/**
 * Sets the version of some Applications in the files that hold it.
 *
 * @remarks
 * Each version is written where it stands, if nothing else reads it there; otherwise in the next stronger value file of the
 * Application that only targets read, where one is in its list. Afterwards the repository is read again: each target must
 * have the version, and all others what they had.
 *
 * @throws `ConflictError` that names the file and who shares it
 */
export function setVersions(options: SetVersionsOptions): LayoutEdit {
  const { repository, version, isTarget } = options;
  const first = options.read(repository, []);
  const targets = first.deployments.filter(isTarget).map(deployed => ({
    deployed,
    layers: versionLayers(deployed, repository, first.lookup),
    lookup: first.lookup,
  }));
  const files = targets.flatMap(({ layers }) =>
    layers.flatMap(({ place }) => (place ? [place.file] : [])),
  );
  const before = versioned(options, repository, files);
  const edits = new Edits(repository);
  const done = new Set<string>();
  const sharers = new Map<string, Versioned[]>();
  for (const [key, items] of affectedByPlace(before))
    sharers.set(
      key,
      items.filter(({ deployed }) => !isTarget(deployed)),
    );
  for (const target of before.filter(({ deployed }) => isTarget(deployed))) {
    if (decidingLayer(target.layers)?.value === version) continue;
    writeFirst(
      layersToWrite(target, sharers, repository),
      target.deployed.service,
      version,
      edits,
      done,
    );
  }
  const result = edits.result();
  if (result.changes.size > 0) verify(options, before, files, result);
  return result;
}

/** Writes into the first of the layers that can be edited: where anchors or merge keys are in the way, a stronger one is left. */
function writeFirst(
  layers: VersionLayer[],
  service: string,
  version: string,
  edits: Edits,
  done: Set<string>,
): void {
  let refusal: unknown;
  for (const { place, further = [], value } of layers) {
    const key = placeKey(place!);
    if (done.has(key)) return;
    try {
      const texts = new Map<string, string>();
      for (const each of [place!, ...further])
        texts.set(
          each.file,
          write(
            texts.get(each.file) ?? edits.text(each.file),
            each,
            version,
            value === undefined,
          ),
        );
      for (const [file, text] of texts)
        edits.set(file, text, `${file}: ${service} ${version}`);
      done.add(key);
      return;
    } catch (error) {
      if (!(error instanceof YamlEditError)) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

function versioned(
  { read }: SetVersionsOptions,
  repository: RepositorySnapshot,
  files: string[],
): Versioned[] {
  const { deployments, lookup } = read(repository, [...new Set(files)]);
  return deployments.map(deployed => ({
    deployed,
    layers: versionLayers(deployed, repository, lookup),
    lookup,
  }));
}

/**
 * The layers that decide for this target once written, and for nothing but targets: the weakest first.
 *
 * @param sharers - by place: those that it decides for and that are no targets
 */
function layersToWrite(
  target: Versioned,
  sharers: Map<string, Versioned[]>,
  repository: RepositorySnapshot,
): VersionLayer[] {
  const { service } = target.deployed;
  const deciding = decidingLayer(target.layers);
  if (!deciding) throw noVersion(target, repository, nameOf(target, service));
  const others = (place: FieldOrigin) => sharers.get(placeKey(place)) ?? [];
  const usable = target.layers
    .slice(0, deciding.index + 1)
    .filter(
      (layer, index) =>
        (index === deciding.index || layer.addable) &&
        layer.place &&
        others(layer.place).length === 0,
    )
    .reverse();
  if (usable.length > 0) return usable;
  const { place, name } = deciding.layer;
  if (!place) {
    throw new ConflictError(
      `The version of \`${service}\` on ${nameOf(
        target,
        service,
      )} comes from ${name} and is not written in a place of this repository that can be edited. Change it by hand.`,
    );
  }
  const shared = [
    ...new Set(others(place).map(other => nameOf(other, service))),
  ];
  const shown = shared.slice(0, 5).join(', ');
  const more = shared.length > 5 ? ` and ${shared.length - 5} more` : '';
  throw new ConflictError(
    `${place.file} holds the version of \`${service}\` for ${nameOf(
      target,
      service,
    )} and also for ${shown}${more}. Name these too, or add a value file of its own to what deploys ${nameOf(
      target,
      service,
    )}.`,
  );
}

function verify(
  options: SetVersionsOptions,
  before: Versioned[],
  files: string[],
  { changes }: LayoutEdit,
): void {
  const { repository, isTarget, version } = options;
  const after = new Map(
    versioned(options, withChanges(repository, changes), files).map(item => [
      keyOf(item),
      item,
    ]),
  );
  for (const item of before) {
    const now = after.get(keyOf(item));
    const expected = isTarget(item.deployed)
      ? version
      : decidingLayer(item.layers)?.value;
    const actual = now && decidingLayer(now.layers)?.value;
    if (!now || actual !== expected) {
      throw new ConflictError(
        `Editing ${[...changes.keys()].join(', ')} would give Application \`${
          item.deployed.application.metadata.name
        }\` the version ${actual ?? 'none'} where ${
          expected ?? 'none'
        } is meant. Change it by hand.`,
      );
    }
  }
}

/** Two clusters with an Argo CD of their own may have Applications of one name. */
function keyOf({ deployed }: Versioned): string {
  const { namespace, name } = deployed.application.metadata;
  return `${deployed.cluster} ${namespace}/${name}`;
}
