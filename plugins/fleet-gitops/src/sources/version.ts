import type { Application, ApplicationSource } from '../model/argocd';
import type { RepositoryLookup } from '../model/repository';
import { helmValues, ResolvedSource, resolveSources } from './helmValues';
import { parseYaml, readYamlFile } from './yamlFiles';

/**
 * A version as people name it, with the file that says it.
 *
 * @public
 */
export interface ApplicationVersion {
  text: string;
  /** Absent where it is in the Application itself. */
  file?: string;
}

/** @public */
export function sourcesOf(application: Application): ApplicationSource[] {
  const { source, sources } = application.spec;
  return sources?.length ? sources : [source ?? {}];
}

/**
 * The version that Git wants an Application to run: `image.tag` of a Helm chart's values, else the chart's appVersion; the
 * first `images[].newTag` of a kustomization; the chart version of a Helm repository; the branch, tag or commit that a
 * source follows, unless that is what its repository is read at anyway. `undefined` where none is said.
 *
 * @public
 */
export function readApplicationVersion(
  application: Application,
  repositories: RepositoryLookup,
): ApplicationVersion | undefined {
  const sources = sourcesOf(application);
  for (const resolved of resolveSources(sources, repositories)) {
    const version = sourceVersion(resolved);
    if (version) return version;
  }
  const chart = sources.find(source => source.chart && source.targetRevision);
  if (chart) return { text: chart.targetRevision! };
  const revision = sources
    .filter(({ path }) => path !== undefined)
    .map(source => revisionOf(source, repositories))
    .find(text => text !== undefined);
  return revision === undefined ? undefined : { text: revision };
}

/** The revision that a source pins or follows, where it is another one than its repository's default. */
function revisionOf(
  { repoURL = '', targetRevision = '' }: ApplicationSource,
  repositories: RepositoryLookup,
): string | undefined {
  if (targetRevision === '' || targetRevision === 'HEAD') return undefined;
  const followed = known(repositories, repoURL, targetRevision);
  return followed && followed === known(repositories, repoURL, 'HEAD')
    ? undefined
    : targetRevision.replace(/^refs\/(heads|tags)\//, '');
}

function known(
  repositories: RepositoryLookup,
  repoURL: string,
  revision: string,
) {
  try {
    return repositories(repoURL, revision)?.files;
  } catch {
    // A revision that does not exist.
    return undefined;
  }
}

function scalar(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number'
    ? String(value) || undefined
    : undefined;
}

function sourceVersion(
  resolved: ResolvedSource,
): ApplicationVersion | undefined {
  const { repository, path, source, valueFiles } = resolved;
  const prefix = path ? `${path}/` : '';
  const values = helmValues(resolved) as
    | { image?: { tag?: unknown } }
    | undefined;
  const tag = scalar(values?.image?.tag);
  if (tag !== undefined) {
    const inApplication =
      scalar(source.helm?.valuesObject?.image?.tag) !== undefined ||
      scalar(parseYaml(source.helm?.values)?.image?.tag) !== undefined ||
      source.helm?.parameters?.some(({ name }) => name === 'image.tag');
    const file = [
      ...[...valueFiles].reverse(),
      { file: `${prefix}values.yaml`, repository },
    ].find(
      candidate =>
        scalar(
          readYamlFile(candidate.repository, candidate.file)?.image?.tag,
        ) === tag,
    )?.file;
    return { text: tag, ...(file && !inApplication ? { file } : {}) };
  }
  if (values) {
    const file = `${prefix}Chart.yaml`;
    const text = scalar(readYamlFile(repository, file)?.appVersion);
    return text === undefined ? undefined : { text, file };
  }
  const file = `${prefix}kustomization.yaml`;
  const images = readYamlFile(repository, file)?.images;
  const newTag = Array.isArray(images)
    ? scalar(images.find(image => image?.newTag)?.newTag)
    : undefined;
  return newTag === undefined ? undefined : { text: newTag, file };
}
