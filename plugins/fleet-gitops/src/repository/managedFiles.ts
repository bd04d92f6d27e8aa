import { compilePlainGlob } from '../helm/glob';
import { filesBelow } from '../sources/directoryFiles';
import type { ResolvedSource } from '../sources/helmValues';

/**
 * The files that a directory source applies: YAML and JSON files directly in it, or below with `recurse`, filtered by
 * `include` and `exclude`.
 *
 * Source: Argo CD `reposerver/repository/repository.go`, `findManifests`; patterns are gobwas/glob without a separator on
 * the path in the directory.
 */
export function directoryFiles({
  source,
  repository,
  path,
}: ResolvedSource): string[] {
  const { recurse, include, exclude } = source.directory ?? {};
  const included = include ? compilePlainGlob(String(include)) : undefined;
  const excluded = exclude ? compilePlainGlob(String(exclude)) : undefined;
  const prefix = path ? `${path}/` : '';
  return [...filesBelow(repository, path).keys()]
    .filter(
      name =>
        /\.(ya?ml|json|jsonnet)$/i.test(name) &&
        (recurse || !name.includes('/')) &&
        !excluded?.(name) &&
        (!included || included(name)),
    )
    .map(name => prefix + name);
}
