import type { DeploymentTargets } from '@backstage-fleet/plugin-fleet-common';
import { ConflictError, InputError } from '@backstage/errors';
import { layoutOfService, selectDeployments } from '../../layouts';
import type {
  Layout,
  LayoutContext,
  LayoutDeployment,
} from '../../layouts/types';
import type { RepositorySnapshot } from '../../model/repository';
import type { VersionKind } from '../../sources/versions';
import type { ApplyIntentOptions } from '../types';

/** The part of the options that layouts ask for. */
export function layoutContext(options: ApplyIntentOptions): LayoutContext {
  const {
    branch,
    clusters,
    environmentLabels,
    regionLabels,
    newGitFileGlobbing,
  } = options;
  return {
    branch,
    clusters,
    environmentLabels,
    regionLabels,
    newGitFileGlobbing,
  };
}

/** A service's layout with where it runs. */
export interface ServiceView {
  layout: Layout;
  context: LayoutContext;
  /** Of the service; others may be among them. */
  deployments: LayoutDeployment[];
}

export function viewService(
  service: string,
  repository: RepositorySnapshot,
  options: ApplyIntentOptions,
): ServiceView {
  const context = layoutContext(options);
  const layout = layoutOfService(repository, service, options.layout, context);
  return {
    layout,
    context,
    deployments: layout.listDeployments(repository, context, service),
  };
}

/** The deployments that an intent means. */
export function deploymentsIn(
  { deployments }: ServiceView,
  service: string,
  { clusters, environments }: DeploymentTargets,
): LayoutDeployment[] {
  return selectDeployments(deployments, { service, clusters, environments });
}

/** Names of the clusters, sorted. */
export function clustersOf(deployments: LayoutDeployment[]): string[] {
  return [
    ...new Set(
      deployments.flatMap(({ cluster }) =>
        cluster === undefined ? [] : [cluster],
      ),
    ),
  ].sort();
}

/** For titles: `prod`, `spoke-a`, `prod on 3 clusters`, `4 clusters`. */
export function describeTargets({
  clusters,
  environments,
}: DeploymentTargets): string {
  const where =
    clusters &&
    (clusters.length === 1 ? clusters[0] : `${clusters.length} clusters`);
  const named = environments?.join(', ');
  return named && where ? `${named} on ${where}` : (named ?? where)!;
}

const KINDS: Record<VersionKind, string> = {
  image: 'the tag of its image',
  chart: 'the version of its chart',
  app: 'the appVersion of its chart',
};

/**
 * A version goes only where its like is: the version of a chart is no tag of an image.
 *
 * @throws `ConflictError` where a target says its version in another kind of place
 */
export function checkKinds(
  environment: string,
  meant: readonly LayoutDeployment[],
  service: string,
  view: ServiceView,
): void {
  const kinds = new Set(
    deploymentsIn(view, service, { environments: [environment] }).flatMap(
      ({ version }) => version?.kind ?? [],
    ),
  );
  const [kind] = kinds;
  const other = meant.find(
    ({ version }) =>
      version?.kind && kinds.size > 0 && !kinds.has(version.kind),
  );
  if (other)
    throw new ConflictError(
      `parameters.from: the version of \`${service}\` is ${
        KINDS[kind]
      } in ${environment}, and ${KINDS[other.version!.kind!]} on ${
        other.cluster ?? other.environment
      }${
        other.version!.file ? ` (${other.version!.file})` : ''
      }. Name the version.`,
    );
}

/**
 * The one version of a service in an environment.
 *
 * @throws `InputError` where there is none, `ConflictError` where there are several
 */
export function versionIn(
  environment: string,
  service: string,
  view: ServiceView,
): string {
  const found = deploymentsIn(view, service, { environments: [environment] });
  const byVersion = new Map<string, string[]>();
  for (const { version, cluster } of found) {
    if (version)
      byVersion.set(version.text, [
        ...(byVersion.get(version.text) ?? []),
        cluster ?? environment,
      ]);
  }
  if (byVersion.size === 0)
    throw new InputError(
      `parameters.from: the repository does not say which version of \`${service}\` runs in ${environment}. Name the version.`,
    );
  if (byVersion.size > 1) {
    const shown = [...byVersion]
      .map(([text, places]) => `${text} (${places.join(', ')})`)
      .join(', ');
    throw new ConflictError(
      `parameters.from: \`${service}\` has several versions in ${environment}: ${shown}. Name the version.`,
    );
  }
  return [...byVersion.keys()][0];
}
