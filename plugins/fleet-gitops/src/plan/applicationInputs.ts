import type { FieldChange } from '@backstage-fleet/plugin-fleet-common';
import type { Application, ApplicationSource } from '../model/argocd';
import {
  normalizeRepositoryUrl,
  RepositoryLookup,
  RepositorySnapshot,
} from '../model/repository';
import { dependencies, isWithin } from '../sources/dependencies';
import type { EvaluatedOrigin } from '../repository/originTypes';
import { differences, flatten } from './fieldChanges';
import {
  helmValues,
  ResolvedSource,
  resolveSources,
} from '../sources/helmValues';
import type { FileChanges } from '../model/repository';
import { sourcesOf } from '../sources/version';
import { normalizePath } from '../sources/yamlFiles';

/** Value files of a chart are inputs only of the Applications that name them. */
const VALUE_FILE = /^values[^/]*\.ya?ml$/;

function isInput(
  file: string,
  { path, valueFiles }: ResolvedSource,
  further: string[],
): boolean {
  if (valueFiles.some(valueFile => valueFile.file === file)) return true;
  const prefix = path ? `${path}/` : '';
  if (!file.startsWith(prefix)) return isWithin(file, further);
  const name = file.slice(prefix.length);
  return name === 'values.yaml' || !VALUE_FILE.test(name);
}

/** The snapshots that a source reads: its own, and those of its value files. */
function snapshotsOf({ repository, valueFiles }: ResolvedSource) {
  return [repository, ...valueFiles.map(file => file.repository)];
}

/**
 * Whether a source reads other content of a file than before. One that is pinned to a commit or another branch does not.
 */
function differs(
  file: string,
  before: ResolvedSource,
  after: ResolvedSource,
): boolean {
  const now = snapshotsOf(after);
  return snapshotsOf(before).some(
    (snapshot, index) =>
      snapshot.files.get(file) !== now[index]?.files.get(file),
  );
}

/**
 * What changes for an Application because files that it is rendered from change: the Helm values that differ, and the
 * other files.
 */
export function inputChanges(
  before: { application: Application; lookup: RepositoryLookup },
  after: { application: Application; lookup: RepositoryLookup },
  changes: FileChanges,
): FieldChange[] {
  const sourcesBefore = resolveSources(
    sourcesOf(before.application),
    before.lookup,
  );
  return resolveSources(sourcesOf(after.application), after.lookup).flatMap(
    (resolved, index) => {
      const previous = sourcesBefore[index];
      return previous ? sourceChanges(previous, resolved, changes) : [];
    },
  );
}

function sourceChanges(
  before: ResolvedSource,
  after: ResolvedSource,
  changes: FileChanges,
): FieldChange[] {
  const further = [before, after].flatMap(({ repository, path }) =>
    dependencies(repository, path),
  );
  const files = [...changes.keys()].filter(
    file =>
      (isInput(file, before, further) || isInput(file, after, further)) &&
      differs(file, before, after),
  );
  if (files.length === 0) return [];
  const oldValues = helmValues(before);
  const newValues = helmValues(after);
  if (!oldValues || !newValues) return files.map(path => ({ path }));
  const defaults = after.path ? `${after.path}/values.yaml` : 'values.yaml';
  return [
    ...differences(flatten(oldValues, 'values'), flatten(newValues, 'values')),
    // What is not a value file may be rendered differently; how, is not computed here.
    ...files
      .filter(
        file =>
          file !== defaults &&
          !after.valueFiles.some(valueFile => valueFile.file === file),
      )
      .map(path => ({ path })),
  ];
}

/**
 * Whether Applications of an origin can read one of the changed files, judged by the ApplicationSet's template alone. A quick test
 * that may say yes too often, never no too often.
 */
export function mayReadFiles(
  { declared }: EvaluatedOrigin,
  context: {
    repository: RepositorySnapshot;
    after: { repository: RepositorySnapshot };
    changes: FileChanges;
  },
): boolean {
  // A manifest or a chart of Applications: each says itself what it reads.
  if (!declared) return true;
  const { spec } = declared.object;
  // Another template may say something else.
  if (spec.templatePatch || hasOwnTemplate(spec.generators)) return true;
  const files = [...context.changes.keys()];
  const url = normalizeRepositoryUrl(context.repository.url);
  const template = spec.template?.spec ?? {};
  const sources: ApplicationSource[] = template.sources ?? [
    template.source ?? {},
  ];
  return sources.some(({ repoURL = '', path, helm }) => {
    if (helm?.valueFiles?.some(name => files.some(valueFilePattern(name))))
      return true;
    if (path === undefined || path.includes('{{')) return path !== undefined;
    const directory = normalizePath(path);
    if (directory === '' || isWithinAny(files, [directory])) return true;
    if (!repoURL.includes('{{') && normalizeRepositoryUrl(repoURL) !== url)
      return false;
    return [context.repository, context.after.repository].some(repository =>
      isWithinAny(files, dependencies(repository, directory)),
    );
  });
}

function isWithinAny(files: string[], places: string[]): boolean {
  return places.length > 0 && files.some(file => isWithin(file, places));
}

/** Compares the last segment, with anything in the place of template expressions. */
function valueFilePattern(name: string): (file: string) => boolean {
  const last = name.slice(name.lastIndexOf('/') + 1);
  const parts = last
    .split(/\{\{.*?\}\}/)
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  // A `/` inside an expression leaves only a piece of it.
  if (/[{}]/.test(parts.join(''))) return () => true;
  const pattern = new RegExp(`(^|/)${parts.join('.*')}$`);
  return file => pattern.test(file);
}

function hasOwnTemplate(generators: unknown): boolean {
  return JSON.stringify(generators ?? []).includes('"template":');
}
