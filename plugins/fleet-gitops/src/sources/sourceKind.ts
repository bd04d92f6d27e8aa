import type { ResolvedSource } from './helmValues';

/**
 * How Argo CD makes manifests of a source in Git.
 *
 * @public
 */
export type SourceKind = 'chart' | 'kustomization' | 'directory' | 'plugin';

/** The names that kustomize takes, in its order. */
export const KUSTOMIZATION_FILES = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

const EXPLICIT: Array<[field: string, kind: SourceKind]> = [
  ['kustomize', 'kustomization'],
  ['helm', 'chart'],
  ['directory', 'directory'],
  ['plugin', 'plugin'],
];

/**
 * What a source is: by the field that it sets, else by the files in its directory.
 *
 * Source: Argo CD `reposerver/repository/repository.go` `GetAppSourceType`, `util/app/discovery/discovery.go`.
 */
export function sourceKind({
  source,
  repository: { files },
  path,
}: ResolvedSource): SourceKind {
  const explicit = EXPLICIT.find(
    ([field]) => source[field] && Object.keys(source[field]).length > 0,
  );
  if (explicit) return explicit[1];
  const prefix = path ? `${path}/` : '';
  if (files.has(`${prefix}Chart.yaml`)) return 'chart';
  return KUSTOMIZATION_FILES.some(name => files.has(prefix + name))
    ? 'kustomization'
    : 'directory';
}
