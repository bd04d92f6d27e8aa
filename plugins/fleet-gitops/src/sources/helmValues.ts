import type { ApplicationSource } from '../model/argocd';
import type { RepositoryLookup, RepositorySnapshot } from '../model/repository';
import { isValues, mergeValues, Values } from './values';
import { normalizePath, parseYaml, readYamlFile } from './yamlFiles';

/** What an Application's source is, as far as its repository is known. */
export interface ResolvedSource {
  source: ApplicationSource;
  repository: RepositorySnapshot;
  /** Directory, without `/` at either end; empty for the root. */
  path: string;
  /** Value files in the order in which they apply, which may be missing. */
  valueFiles: Array<{ file: string; repository: RepositorySnapshot }>;
}

function find(
  lookup: RepositoryLookup,
  source: ApplicationSource,
): RepositorySnapshot | undefined {
  try {
    return lookup(source.repoURL ?? '', source.targetRevision ?? '');
  } catch {
    // A revision that does not exist: Argo CD says so for this Application, its content stays unknown.
    return undefined;
  }
}

/**
 * Resolves the sources of an Application that lie in known repositories.
 *
 * Value files: relative to the source's path, from the repository's root with a leading `/`, or in another source with
 * `$ref/`. Source: Argo CD `util/io/path/resolved.go`, `docs/user-guide/multiple_sources.md`.
 */
export function resolveSources(
  sources: ApplicationSource[],
  lookup: RepositoryLookup,
): ResolvedSource[] {
  return sources.flatMap(source => {
    const repository = find(lookup, source);
    if (!repository || source.path === undefined || source.chart) return [];
    const path = normalizePath(source.path);
    const valueFiles = resolveValueFiles(source, sources, lookup, {
      repository,
      path,
    });
    return [{ source, repository, path, valueFiles }];
  });
}

/**
 * The value files of one source that lie in known repositories.
 *
 * @param own - where the chart is; absent for one from a chart repository, whose own files are not known
 */
export function resolveValueFiles(
  source: ApplicationSource,
  sources: ApplicationSource[],
  lookup: RepositoryLookup,
  own?: { repository: RepositorySnapshot; path: string },
): ResolvedSource['valueFiles'] {
  return (source.helm?.valueFiles ?? []).flatMap(name => {
    const reference = /^\$([^/]+)\/(.*)$/.exec(name);
    if (reference) {
      const target = sources.find(({ ref }) => ref === reference[1]);
      const repository = target && find(lookup, target);
      return repository
        ? [{ repository, file: normalizePath(reference[2]) }]
        : [];
    }
    if (!own || /^[a-z][a-z0-9+.-]*:\/\//i.test(name)) return [];
    const { repository, path } = own;
    return [
      {
        repository,
        file: normalizePath(name.startsWith('/') ? name : `${path}/${name}`),
      },
    ];
  });
}

function asValues(value: unknown): Values {
  return isValues(value) ? value : {};
}

/**
 * The values that a chart is rendered with, or `undefined` where the source is no Helm chart. A file that is not valid
 * YAML counts as empty.
 *
 * Order: the chart's values.yaml, value files, `values`, `valuesObject`, parameters.
 * Source: Argo CD `docs/user-guide/helm.md`, "Helm Value Precedence".
 */
export function helmValues({
  source,
  repository,
  path,
  valueFiles,
}: ResolvedSource): Values | undefined {
  const prefix = path ? `${path}/` : '';
  if (!repository.files.has(`${prefix}Chart.yaml`)) return undefined;
  const { values, valuesObject, parameters = [] } = source.helm ?? {};
  const layers = [
    readYamlFile(repository, `${prefix}values.yaml`),
    ...valueFiles.map(({ file, repository: other }) =>
      readYamlFile(other, file),
    ),
    // `valuesObject` takes the place of `values` where both are given.
    valuesObject ?? parseYaml(values),
    ...parameters
      .filter(({ name }) => /^[A-Za-z0-9_.-]+$/.test(name))
      .map(({ name, value }) =>
        name
          .split('.')
          .reduceRight<unknown>((inner, key) => ({ [key]: inner }), value),
      ),
  ];
  return layers.reduce<Values>(
    (merged, layer) => mergeValues(merged, asValues(layer)),
    {},
  );
}
