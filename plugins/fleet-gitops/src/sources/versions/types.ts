import type { RepositorySnapshot } from '../../model/repository';
import type { YamlPath, YamlValue } from '../../yaml';

/**
 * What a version is the version of: an image, a chart, or what a chart says that it packs.
 *
 * @public
 */
export type VersionKind = 'image' | 'chart' | 'app';

/** A place in a file where a version is, or can be, written. */
export interface VersionPlace {
  repository: RepositorySnapshot;
  file: string;
  /** Document in the file, counted from 0. */
  document: number;
  path: YamlPath;
  /** What is written there for a version. Default: the version itself. */
  format?: (version: string) => string;
  /** Where the path is a list that has no item for it yet: the item that says it. */
  item?: (version: string) => YamlValue;
}

/** One of the places that can decide an Application's version. */
export interface VersionStatement {
  kind: VersionKind;
  /** What it says; absent where it says nothing. */
  value?: string;
  /** Where it is a field of the Application: the field, as `['spec', 'source', 'targetRevision']`. */
  field?: YamlPath;
  /** Where it is in a file. */
  place?: VersionPlace;
  /** Further places that say the same and change with it. */
  further?: VersionPlace[];
  /** Whether the version can be written there although it says nothing now. */
  addable: boolean;
  /** For people: `helm.parameters`, a file, … */
  name: string;
}

/** What the source of an Application says about its version. */
export interface SourceStatements {
  /** The strongest first. */
  statements: VersionStatement[];
  /** Where several places are as likely, and none is taken: what they are, for example `api.image.tag`. */
  candidates?: string[];
}

/** What the Application itself says about where its version is. */
export interface VersionHints {
  /** Values path, or `targetRevision`. */
  path?: string;
  /** Name of an image. */
  image?: string;
  /** What the service may be called in files, the likeliest first. */
  names: readonly string[];
}
