import type {
  RepositoryLookup,
  RepositorySnapshot,
} from '../../model/repository';
import {
  VersionKind,
  VersionPlace,
  VersionStatement,
  versionStatements,
} from '../../sources/versions';
import type { LayoutVersion } from '../types';
import type { DeployedApplication, FieldOrigin } from './types';

/**
 * One of the places that can decide an Application's version.
 */
export interface VersionLayer {
  kind: VersionKind;
  /** What it says; absent where it says nothing. */
  value?: string;
  /** Where it is written; absent where this repository does not have it, or it cannot be told. */
  place?: FieldOrigin;
  /** Further places that say the same and change with it. */
  further?: FieldOrigin[];
  /** Whether the version can be written there although it says nothing now. */
  addable: boolean;
  /** For people: `helm.parameters`, a file, … */
  name: string;
}

/** The places that can decide the version of an Application, the strongest first, as far as this repository has them. */
export function versionLayers(
  deployed: DeployedApplication,
  own: RepositorySnapshot,
  lookup: RepositoryLookup,
): VersionLayer[] {
  const { statements } = versionStatements(deployed.application, lookup);
  return statements.map(statement => layerOf(statement, deployed, own));
}

function layerOf(
  { field, place, further = [], addable, ...statement }: VersionStatement,
  deployed: DeployedApplication,
  own: RepositorySnapshot,
): VersionLayer {
  const origin =
    field && statement.value !== undefined
      ? deployed.origin(field, statement.value)
      : place && ownPlace(place, own);
  const others = further.flatMap(item => ownPlace(item, own) ?? []);
  return {
    ...statement,
    ...(origin ? { place: origin } : {}),
    ...(others.length > 0 ? { further: others } : {}),
    addable: addable && origin !== undefined,
  };
}

function ownPlace(
  { repository, ...place }: VersionPlace,
  own: RepositorySnapshot,
): FieldOrigin | undefined {
  return repository.files === own.files ? place : undefined;
}

/** The layer that decides, and its index; `undefined` where nothing says a version. */
export function decidingLayer(
  layers: VersionLayer[],
): { layer: VersionLayer; index: number; value: string } | undefined {
  const index = layers.findIndex(({ value }) => value !== undefined);
  if (index < 0) return undefined;
  return { layer: layers[index], index, value: layers[index].value! };
}

/** The version that a deployment has, as layouts list it. */
export function decidedVersion(
  layers: VersionLayer[],
): { version: LayoutVersion } | undefined {
  const deciding = decidingLayer(layers);
  if (!deciding) return undefined;
  const { kind, place } = deciding.layer;
  return {
    version: {
      text: deciding.value,
      kind,
      ...(place ? { file: place.file } : {}),
    },
  };
}

/** The same text for the same place. */
export function placeKey({ file, document, path, item }: FieldOrigin): string {
  return JSON.stringify([file, document, path, item?.('')]);
}
