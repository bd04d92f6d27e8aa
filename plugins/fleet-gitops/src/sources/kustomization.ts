import type { ApplicationSource } from '../model/argocd';
import type { RepositorySnapshot } from '../model/repository';
import { KUSTOMIZATION_FILES } from './sourceKind';
import { normalizePath, readYamlFile } from './yamlFiles';

/**
 * The files that a kustomization is made of. Where it only lists files, their objects are what it applies; where it
 * changes them in any way, `reason` says what cannot be computed.
 */
export interface KustomizationContent {
  files: string[];
  reason?: string;
}

/** Fields that leave objects as they are; `images` changes containers, which Argo CD's own objects do not have. */
const PLAIN = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'bases',
  'images',
]);
const PLAIN_SOURCE = new Set(['images', 'version']);

/**
 * Reads the kustomization in a directory and all that it refers to in the same repository.
 */
export function readKustomization(
  repository: RepositorySnapshot,
  directory: string,
): KustomizationContent {
  const content: KustomizationContent = { files: [] };
  visit(repository, directory, content, new Set());
  return content;
}

/** What an Application's own `kustomize` settings change. */
export function kustomizeSettings({
  kustomize = {},
}: ApplicationSource): string | undefined {
  const field = Object.keys(kustomize).find(
    key => !PLAIN_SOURCE.has(key) && !isEmpty(kustomize[key]),
  );
  return field && `source.kustomize.${field} changes objects`;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    value === false ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

function visit(
  repository: RepositorySnapshot,
  directory: string,
  content: KustomizationContent,
  seen: Set<string>,
): void {
  if (seen.has(directory)) return;
  seen.add(directory);
  const prefix = directory ? `${directory}/` : '';
  const file = KUSTOMIZATION_FILES.map(name => prefix + name).find(path =>
    repository.files.has(path),
  );
  const kustomization = file && readYamlFile(repository, file);
  if (!kustomization || typeof kustomization !== 'object') {
    content.reason ??= file
      ? `${file} cannot be read`
      : `${directory || 'the root'} has no kustomization.yaml`;
    return;
  }
  for (const field of ['resources', 'bases', 'components']) {
    const entries: unknown = kustomization[field];
    if (!Array.isArray(entries)) continue;
    for (const entry of entries) add(String(entry), `${file}: ${field}`);
  }
  const other = Object.keys(kustomization).find(
    field => !PLAIN.has(field) && !isEmpty(kustomization[field]),
  );
  if (other) content.reason ??= `${file}: \`${other}\` is not evaluated`;

  function add(entry: string, place: string): void {
    const path = normalizePath(prefix + entry);
    if (repository.files.has(path)) content.files.push(path);
    else if (
      KUSTOMIZATION_FILES.some(name => repository.files.has(`${path}/${name}`))
    )
      visit(repository, path, content, seen);
    else
      content.reason ??= `${place}: ${entry} is neither a file nor a kustomization of this repository`;
  }
}
