export type {
  SourceStatements,
  VersionKind,
  VersionPlace,
  VersionStatement,
} from './types';
export {
  sourcesOf,
  VERSION_IMAGE_ANNOTATION,
  VERSION_PATH_ANNOTATION,
  versionStatements,
} from './versionStatements';
