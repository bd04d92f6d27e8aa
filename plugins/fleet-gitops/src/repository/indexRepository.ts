import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { LineCounter, parseAllDocuments } from 'yaml';
import type { ApplicationSet } from '../model/argocd';
import type { RepositorySnapshot } from '../model/repository';
import type { FileChanges } from '../model/repository';
import { clusterOf } from './clusterSecret';
import type { Declared, DeclaredCluster } from './types';

/**
 * A file that seems to matter and cannot be read.
 *
 * @public
 */
export interface RepositoryProblem {
  file: string;
  /** Counted from 1. */
  line: number;
  message: string;
}

/**
 * The Argo CD objects that a repository declares.
 *
 * @public
 */
export interface RepositoryIndex {
  applicationSets: Declared<ApplicationSet>[];
  clusters: DeclaredCluster[];
  /** Names of the AppProjects. */
  projects: string[];
  problems: RepositoryProblem[];
}

interface ParsedFile {
  text: string;
  objects: Declared<KubernetesObject>[];
  clusters: DeclaredCluster[];
  problem?: RepositoryProblem;
}

/** Indexes by the files they were made from, and the files that a changed snapshot was made from. */
const indexes = new WeakMap<
  object,
  { index: RepositoryIndex; parsed: Map<string, ParsedFile> }
>();
const origins = new WeakMap<object, RepositorySnapshot>();

/*
 * Only files that name one of these kinds are parsed: a repository has thousands of others.
 */
const RELEVANT = /\bkind"?\s*:\s*["']?(ApplicationSet|AppProject|Secret)\b/;
const CLUSTER_LABEL = 'argocd.argoproj.io/secret-type';

/** Directories whose YAML files are Helm templates, not manifests. */
function chartTemplates(files: ReadonlyMap<string, string>): string[] {
  return [...files.keys()]
    .filter(path => path === 'Chart.yaml' || path.endsWith('/Chart.yaml'))
    .map(path => path.slice(0, -'Chart.yaml'.length))
    .flatMap(directory => [`${directory}templates/`, `${directory}charts/`]);
}

function parseFile(file: string, text: string): ParsedFile {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, {
    merge: true,
    lineCounter,
    prettyErrors: false,
  });
  if ('empty' in documents) return { text, objects: [], clusters: [] };
  const objects: Declared<KubernetesObject>[] = [];
  for (const [document, parsed] of documents.entries()) {
    const [error] = parsed.errors;
    if (error) {
      const { line } = lineCounter.linePos(error.pos[0]);
      return {
        text,
        objects: [],
        clusters: [],
        problem: { file, line, message: error.message },
      };
    }
    const object = parsed.toJS() as KubernetesObject | null;
    if (
      object &&
      typeof object === 'object' &&
      object.metadata &&
      typeof object.metadata === 'object'
    )
      objects.push({ object, file, document });
  }
  const clusters = objects
    .filter(
      ({ object }) =>
        object.kind === 'Secret' &&
        object.metadata.labels?.[CLUSTER_LABEL] === 'cluster',
    )
    .map(({ object, document }) => ({ ...clusterOf(object), file, document }));
  return { text, objects, clusters };
}

/**
 * Finds the ApplicationSets, AppProjects and cluster Secrets of a repository, wherever they are. Cached by snapshot.
 *
 * @public
 */
export function indexRepository(
  repository: RepositorySnapshot,
): RepositoryIndex {
  return build(repository).index;
}

function build(repository: RepositorySnapshot) {
  const cached = indexes.get(repository.files);
  if (cached) return cached;
  const origin = origins.get(repository.files);
  const before = origin && build(origin).parsed;
  const templates = chartTemplates(repository.files);
  const parsed = new Map<string, ParsedFile>();
  for (const [file, text] of repository.files) {
    if (!/\.(ya?ml|json)$/.test(file) || !RELEVANT.test(text)) continue;
    if (
      text.includes('Secret') &&
      !/\b(ApplicationSet|AppProject)\b/.test(text) &&
      !text.includes(CLUSTER_LABEL)
    )
      continue;
    if (templates.some(directory => file.startsWith(directory))) continue;
    const known = before?.get(file);
    parsed.set(file, known?.text === text ? known : parseFile(file, text));
  }
  const result = { index: summarize([...parsed.values()]), parsed };
  indexes.set(repository.files, result);
  return result;
}

function summarize(files: ParsedFile[]): RepositoryIndex {
  const objects = files.flatMap(file => file.objects);
  const ofKind = (kind: string) =>
    objects.filter(
      ({ object }) =>
        object.kind === kind && typeof object.metadata.name === 'string',
    );
  return {
    applicationSets: ofKind('ApplicationSet').filter(
      ({ object }) => object.spec && typeof object.spec === 'object',
    ) as Declared<ApplicationSet>[],
    clusters: files
      .flatMap(({ clusters }) => clusters)
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    projects: ofKind('AppProject').map(({ object }) => object.metadata.name),
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
