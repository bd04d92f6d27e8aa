import { FLEET_SERVICE_LABEL } from '@backstage-fleet/plugin-fleet-common';
import type { Application, ApplicationSource } from '../../model/argocd';
import type { RepositoryLookup } from '../../model/repository';
import type { YamlPath } from '../../yaml';
import {
  ResolvedSource,
  resolveSources,
  resolveValueFiles,
} from '../helmValues';
import { sourceKind } from '../sourceKind';
import { chartStatements } from './charts';
import { imageStatements } from './images';
import type { SourceStatements, VersionHints } from './types';

/** Annotation of an Application: the path of its version in Helm values, or `targetRevision`. */
export const VERSION_PATH_ANNOTATION = 'fleet/version-path';

/** Annotation of an Application: the name of the image whose tag is its version. */
export const VERSION_IMAGE_ANNOTATION = 'fleet/version-image';

/** The sources of an Application, of which one is written as a single source. */
export function sourcesOf(application: Application): ApplicationSource[] {
  const { source, sources } = application.spec;
  return sources?.length ? sources : [source ?? {}];
}

/**
 * The places that can decide the version of an Application, the strongest first: those of its first source that says one. A
 * chart in a known repository has its values and `Chart.yaml`, a kustomization its images and those of its bases, plain
 * manifests the images of their containers; a chart of a chart repository its revision. Where no source says one, what would
 * have been the places of the first.
 */
export function versionStatements(
  application: Application,
  lookup: RepositoryLookup,
): SourceStatements {
  const sources = sourcesOf(application);
  const at = (source: ApplicationSource): YamlPath =>
    application.spec.sources?.length
      ? ['spec', 'sources', sources.indexOf(source)]
      : ['spec', 'source'];
  let silent: SourceStatements = { statements: [] };
  for (const resolved of resolveSources(sources, lookup)) {
    const { source, repository, path, valueFiles } = resolved;
    const hints = hintsOf(application, source);
    const found = hasChart(resolved)
      ? chartStatements(
          { source, chart: { repository, path }, valueFiles, at: at(source) },
          hints,
        )
      : imageStatements(resolved, sourceKind(resolved), hints, at(source));
    if (found.statements.some(({ value }) => value !== undefined)) return found;
    if (silent.statements.length === 0) silent = found;
  }
  const chart = sources.find(isFromChartRepository);
  return chart
    ? chartStatements(
        {
          source: chart,
          valueFiles: resolveValueFiles(chart, sources, lookup),
          at: at(chart),
        },
        hintsOf(application, chart),
      )
    : silent;
}

function hasChart({ repository, path }: ResolvedSource): boolean {
  return repository.files.has(path ? `${path}/Chart.yaml` : 'Chart.yaml');
}

/** Source: Argo CD `docs/user-guide/oci.md`: an OCI artifact that is a chart is named by `repoURL` alone. */
function isFromChartRepository({
  chart,
  repoURL = '',
  targetRevision,
}: ApplicationSource): boolean {
  return Boolean(
    targetRevision && (chart || repoURL.toLowerCase().startsWith('oci://')),
  );
}

function hintsOf(
  { metadata: { labels, annotations } }: Application,
  { path = '', chart, helm }: ApplicationSource,
): VersionHints {
  const names = [
    labels?.[FLEET_SERVICE_LABEL],
    helm?.releaseName,
    chart && lastPart(chart),
    ...path.split('/').reverse(),
  ].filter((name): name is string => Boolean(name) && name !== '.');
  return {
    names,
    path: annotations?.[VERSION_PATH_ANNOTATION],
    image: annotations?.[VERSION_IMAGE_ANNOTATION],
  };
}

function lastPart(chart: string): string {
  return chart.slice(chart.lastIndexOf('/') + 1);
}
