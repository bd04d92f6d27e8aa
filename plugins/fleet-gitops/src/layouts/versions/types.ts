import type { Application } from '../../model/argocd';
import type { YamlPath, YamlValue } from '../../yaml';

/** Where a repository says something: a scalar in a file. */
export interface Place {
  file: string;
  /** Document in the file, counted from 0. */
  document: number;
  path: YamlPath;
}

/** Where a field of an Application is written. */
export interface FieldOrigin extends Place {
  /** What is written there for a version. Default: the version itself. */
  format?: (version: string) => string;
  /** Where the path is a list that has no item for it yet: the item that says it. */
  item?: (version: string) => YamlValue;
}

/** An Application with what it deploys, and where the repository says its fields. */
export interface DeployedApplication {
  service: string;
  cluster?: string;
  environment?: string;
  region?: string;
  application: Application;
  /** The file that puts it there. */
  file: string;
  /**
   * Where a field of the Application is written, for example `['spec', 'source', 'targetRevision']`.
   *
   * @param part - the piece of the field's text that is asked for, for example the tag of an image
   * @returns `undefined` where it cannot be told
   */
  origin(path: YamlPath, part: string): FieldOrigin | undefined;
}
