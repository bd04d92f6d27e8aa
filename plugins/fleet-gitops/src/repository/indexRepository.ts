import type { FileChanges, RepositorySnapshot } from '../model/repository';
import {
  ArgoObjects,
  CLUSTER_LABEL,
  argoObjectsOf,
  countOf,
  mayDeclareArgoObjects,
} from './argoObjects';
import { parseManifests } from './manifests';
import type { RepositoryProblem } from './types';

/**
 * The Argo CD objects that a repository declares in plain files.
 *
 * @public
 */
export interface RepositoryIndex extends ArgoObjects {
  problems: RepositoryProblem[];
}

interface ParsedFile extends ArgoObjects {
  problem?: RepositoryProblem;
}

interface Built {
  index: RepositoryIndex;
  /** By path; files that declare nothing are left out. */
  parsed: Map<string, ParsedFile>;
  /** Directories of Helm templates. */
  templates: string[];
  /** Files that seem to declare Argo CD objects and are no manifests. */
  embedded: Set<string>;
}

/** Indexes by the files they were made from, and the files that a changed snapshot was made from. */
const indexes = new WeakMap<object, Built>();
const origins = new WeakMap<object, RepositorySnapshot>();

/** Directories whose YAML files are Helm templates, not manifests. */
function chartTemplates(files: ReadonlyMap<string, string>): string[] {
  const directories: string[] = [];
  for (const path of files.keys()) {
    if (path === 'Chart.yaml' || path.endsWith('/Chart.yaml')) {
      const directory = path.slice(0, -'Chart.yaml'.length);
      directories.push(`${directory}templates/`, `${directory}charts/`);
    }
  }
  return directories;
}

function isManifest(file: string, templates: string[]): boolean {
  return (
    /\.(ya?ml|json)$/.test(file) &&
    !templates.some(directory => file.startsWith(directory))
  );
}

function parseFile(file: string, text: string): ParsedFile {
  const { objects, problem } = parseManifests(file, text);
  return { ...argoObjectsOf(objects), ...(problem ? { problem } : {}) };
}

function isEmpty(file: ParsedFile): boolean {
  return !file.problem && countOf(file) === 0;
}

/**
 * Finds the Applications, ApplicationSets, AppProjects and cluster Secrets that stand in plain files of a repository,
 * wherever they are, items of a `List` included. Cached by snapshot.
 *
 * @public
 */
export function indexRepository(
  repository: RepositorySnapshot,
): RepositoryIndex {
  return build(repository).index;
}

/** Whether a file holds manifests of Argo CD objects. */
export function declaresArgoObjects(
  repository: RepositorySnapshot,
  file: string,
): boolean {
  return build(repository).parsed.has(file);
}

/**
 * Files that seem to declare Argo CD objects and are no manifests: templates of charts, values that charts turn into
 * objects.
 */
export function embeddedArgoFiles(
  repository: RepositorySnapshot,
): ReadonlySet<string> {
  return build(repository).embedded;
}

/** Whether some chart of the repository seems to render cluster Secrets. */
export function mayRenderClusters(repository: RepositorySnapshot): boolean {
  for (const file of build(repository).embedded)
    if (repository.files.get(file)!.includes(CLUSTER_LABEL)) return true;
  return false;
}

function build(repository: RepositorySnapshot): Built {
  const cached = indexes.get(repository.files);
  if (cached) return cached;
  const templates = chartTemplates(repository.files);
  const before = unchangedSince(repository, templates);
  const parsed = new Map<string, ParsedFile>();
  const embedded = new Set<string>();
  for (const [file, text] of repository.files) {
    if (before?.files.get(file) === text) {
      const known = before.parsed.get(file);
      if (known) parsed.set(file, known);
      if (before.embedded.has(file)) embedded.add(file);
      continue;
    }
    // Only files that can declare Argo CD objects are parsed: a repository has thousands of others.
    if (!mayDeclareArgoObjects(text)) continue;
    const content = isManifest(file, templates)
      ? parseFile(file, text)
      : undefined;
    if (content && !isEmpty(content)) parsed.set(file, content);
    if (!content || content.problem || isEmpty(content)) embedded.add(file);
  }
  const result = {
    index: summarize([...parsed.values()]),
    parsed,
    templates,
    embedded,
  };
  indexes.set(repository.files, result);
  return result;
}

/** The state before, where it had the same charts: a chart that comes or goes makes templates of manifests and back. */
function unchangedSince(repository: RepositorySnapshot, templates: string[]) {
  const origin = origins.get(repository.files);
  const before = origin && build(origin);
  return before?.templates.join() === templates.join()
    ? before && { ...before, files: origin!.files }
    : undefined;
}

function summarize(files: ParsedFile[]): RepositoryIndex {
  return {
    applications: files.flatMap(({ applications }) => applications),
    applicationSets: files.flatMap(({ applicationSets }) => applicationSets),
    clusters: files
      .flatMap(({ clusters }) => clusters)
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    projects: files.flatMap(({ projects }) => projects),
    problems: files.flatMap(({ problem }) => (problem ? [problem] : [])),
  };
}

/**
 * The repository with changed files. What did not change is not parsed again.
 *
 * @public
 */
export function withChanges(
  repository: RepositorySnapshot,
  changes: FileChanges,
): RepositorySnapshot {
  const files = new Map(repository.files);
  for (const [path, text] of changes) {
    if (text === undefined) files.delete(path);
    else files.set(path, text);
  }
  origins.set(files, repository);
  return { ...repository, sha: '', files };
}
