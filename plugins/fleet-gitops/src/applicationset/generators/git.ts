import { GlobError, matchPath } from '../../glob';
import type { RepositorySnapshot } from '../../model/repository';
import { generatorError, NotEvaluableError } from '../errors';
import { flattenObject } from '../flatten';
import { compareBytes } from '../compareBytes';
import { type Params, sanitizeName, stringSlice } from '../params';
import { parseYaml, YamlError } from '../yaml';
import type { GeneratorContext } from './context';
import { findGitFiles } from './gitFiles';
import { appendTemplatedValues } from './values';

/**
 * One parameter set per directory, or per object in the files, that the patterns name.
 *
 * Source: Argo CD `applicationset/generators/git.go`; which directories there are: `reposerver/repository/repository.go`
 * `GetGitDirectories` (hidden ones left out).
 */
export function generateGitParams(
  spec: any,
  context: GeneratorContext,
): Params[] {
  requireProject(context);
  const patterns = spec.directories ?? spec.files;
  if (!patterns) {
    throw generatorError('git needs directories or files');
  }
  const repository = findRepository(spec, context);
  return spec.directories
    ? generateDirectoryParams(spec, repository, context)
    : generateFileParams(spec, repository, context);
}

/** Argo CD reads the project's rules for signed commits first, unless its name is a template. */
function requireProject({ project, hub }: GeneratorContext): void {
  if (
    hub.projects &&
    !project.includes('{{') &&
    !hub.projects.includes(project)
  ) {
    throw generatorError(
      `project ${JSON.stringify(
        project,
      )} does not exist; a git generator needs it`,
    );
  }
}

function findRepository(
  spec: any,
  { hub }: GeneratorContext,
): RepositorySnapshot {
  let repository: RepositorySnapshot | undefined;
  try {
    repository = hub.repositories(spec.repoURL, spec.revision);
  } catch (error) {
    throw generatorError(
      `git repository ${spec.repoURL} at ${spec.revision || 'HEAD'}: ${
        (error as Error).message
      }`,
    );
  }
  if (!repository) {
    throw new NotEvaluableError(
      `the content of ${spec.repoURL} at ${
        spec.revision || 'HEAD'
      } is not known`,
    );
  }
  return repository;
}

interface PathPattern {
  path: string;
  exclude?: boolean;
}

function generateDirectoryParams(
  spec: any,
  repository: RepositorySnapshot,
  context: GeneratorContext,
): Params[] {
  const patterns = spec.directories as PathPattern[];
  return listDirectories(repository)
    .filter(
      directory =>
        patterns.some(
          item => !item.exclude && matchesQuietly(item, directory),
        ) &&
        !patterns.some(item => item.exclude && matchesQuietly(item, directory)),
    )
    .map(directory => {
      const params: Params = {};
      addPathParams(
        params,
        directory,
        undefined,
        spec.pathParamPrefix,
        context,
      );
      appendTemplatedValues(spec.values, params, context);
      return params;
    });
}

/** Argo CD skips a pattern that it cannot read. */
function matchesQuietly({ path }: PathPattern, directory: string): boolean {
  try {
    return matchPath(path, directory);
  } catch (error) {
    if (error instanceof GlobError) {
      return false;
    }
    throw error;
  }
}

const directoriesOf = new WeakMap<RepositorySnapshot, string[]>();

/** Directories of a repository without hidden ones, in order of bytes. */
export function listDirectories(repository: RepositorySnapshot): string[] {
  let directories = directoriesOf.get(repository);
  if (!directories) {
    const found = new Set<string>();
    for (const file of repository.files.keys()) {
      const segments = file.split('/').slice(0, -1);
      for (let length = 1; length <= segments.length; length++) {
        if (segments[length - 1].startsWith('.')) {
          break;
        }
        found.add(segments.slice(0, length).join('/'));
      }
    }
    directories = [...found].sort(compareBytes);
    directoriesOf.set(repository, directories);
  }
  return directories;
}

function generateFileParams(
  spec: any,
  repository: RepositorySnapshot,
  context: GeneratorContext,
): Params[] {
  const patterns = spec.files as PathPattern[];
  const isNew = context.hub.newGitFileGlobbing === true;
  const found = new Set<string>();
  for (const { path } of patterns.filter(item => !item.exclude)) {
    findGitFiles(path, repository, isNew).forEach(file => found.add(file));
  }
  for (const { path } of patterns.filter(item => item.exclude)) {
    findGitFiles(path, repository, isNew).forEach(file => found.delete(file));
  }
  return [...found]
    .sort(compareBytes)
    .flatMap(file =>
      parseFile(file, repository.files.get(file)!, spec.repoURL).map(object =>
        fileParams(object, file, spec, context),
      ),
    );
}

/** The objects of a file: one for a map or nothing at all, several for a list. */
function parseFile(file: string, text: string, repoURL: string): Params[] {
  let content: unknown;
  try {
    content = parseYaml(text);
  } catch (error) {
    if (error instanceof YamlError) {
      throw generatorError(`${file} in ${repoURL}: ${error.message}`);
    }
    throw error;
  }
  if (content === null) {
    return [{}];
  }
  const objects = Array.isArray(content) ? content : [content];
  return objects.map(object => {
    if (object === null) {
      return {};
    }
    if (typeof object !== 'object' || Array.isArray(object)) {
      throw generatorError(
        `${file} in ${repoURL} must hold a map or a list of maps`,
      );
    }
    return object;
  });
}

function fileParams(
  object: Params,
  file: string,
  spec: any,
  context: GeneratorContext,
): Params {
  const params: Params = context.goTemplate
    ? { ...object }
    : flattenObject(object);
  const slash = file.lastIndexOf('/');
  addPathParams(
    params,
    slash < 0 ? '.' : file.slice(0, slash),
    file.slice(slash + 1),
    spec.pathParamPrefix,
    context,
  );
  appendTemplatedValues(spec.values, params, context);
  return params;
}

function addPathParams(
  params: Params,
  path: string,
  fileName: string | undefined,
  prefix: string | undefined,
  { goTemplate }: GeneratorContext,
): void {
  const segments = path.split('/');
  const basename = segments[segments.length - 1];
  const details = {
    basename,
    basenameNormalized: sanitizeName(basename),
    ...(fileName !== undefined && {
      filename: fileName,
      filenameNormalized: sanitizeName(fileName),
    }),
  };
  if (goTemplate) {
    const value = { path, ...details, segments: stringSlice(segments) };
    if (prefix) {
      params[prefix] = { path: value };
    } else {
      params.path = value;
    }
    return;
  }
  const name = prefix ? `${prefix}.path` : 'path';
  params[name] = path;
  for (const [key, value] of Object.entries(details)) {
    params[`${name}.${key}`] = value;
  }
  segments.forEach((segment, index) => {
    params[`${name}[${index}]`] = segment;
  });
}
