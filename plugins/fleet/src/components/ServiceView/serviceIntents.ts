import {
  ClusterSummary,
  DeploymentTargets,
  Intent,
  IntentKind,
  IntentParameters,
  PromotionStrategy,
} from '@backstage-fleet/plugin-fleet-common';
import { compareEnvironments } from '../../matrix/columns';
import { LaneStop, ServicePlace, isDeployed } from '../../matrix/places';
import { WaveChoice, WaveCluster, wavesOf } from '../Waves';

/** What the fields of a promotion say. */
export interface Promotion {
  from?: string;
  version: string;
  /** Environments; ignored where clusters are given. */
  to: string[];
  clusters?: string[];
  strategy: PromotionStrategy;
  /** Ignored by a merge and a moved tag, which reach all clusters at once. */
  waves: WaveChoice;
}

/** The promotion that the lane suggests: the last environment for which something waits, as that is nearest to customers. */
export function suggestedPromotion(
  lane: LaneStop[],
  clusters?: string[],
): Pick<Promotion, 'from' | 'version' | 'to'> {
  const stop = [...lane].reverse().find(each => each.waiting);
  if (stop?.waiting && !clusters) {
    const { from, version } = stop.waiting;
    return { from, version, to: [stop.environment] };
  }
  const source = lane.find(each => each.versions.length > 0);
  return {
    from: source?.environment,
    version: source?.versions[0].version ?? '',
    to: [],
  };
}

/**
 * The clusters on which a promotion finds the service, each name once, in the order of promotion and then by name.
 *
 * @param planned - names of the clusters that its plan reaches, where there is one
 */
export function promotedClusters(
  places: ServicePlace[],
  targets: { to: string[]; clusters?: string[] },
  planned?: string[],
): ClusterSummary[] {
  const meant = places.filter(
    place =>
      isDeployed(place) &&
      planned?.includes(place.cluster.name) !== false &&
      (targets.clusters
        ? targets.clusters.includes(place.cluster.name)
        : targets.to.includes(place.cluster.environment ?? '')),
  );
  const clusters = new Map(
    meant.map(({ cluster }) => [cluster.name, cluster] as const),
  );
  return [...clusters.values()].sort(
    (a, b) =>
      compareEnvironments(a.environment, b.environment) ||
      a.name.localeCompare(b.name),
  );
}

/**
 * The intent of a promotion, `undefined` while something is missing.
 *
 * @param reached - the clusters that the waves are made of
 */
export function promoteIntent(
  service: string,
  promotion: Promotion,
  reached: WaveCluster[],
  repository?: string,
): Intent | undefined {
  const { from, to, clusters, strategy } = promotion;
  const version = promotion.version.trim();
  const target = targetsOf(to, clusters);
  // A branch is merged, and a tag moved, from where another environment is; only an edit can bring any version.
  const byEdit = strategy === 'edit';
  const waves = byEdit ? wavesOf(promotion.waves, reached) : undefined;
  if (!target || (byEdit ? !version : !from)) {
    return undefined;
  }
  return intentOf(
    'service.promote',
    {
      service,
      ...(from !== undefined && { from }),
      ...(byEdit && { version }),
      to: target,
      ...(!byEdit && { strategy }),
      ...(waves && { waves }),
    },
    repository,
  );
}

/** The intent of a rollback, `undefined` while something is missing. */
export function rollbackIntent(
  service: string,
  rollback: { version: string; on: string[]; clusters?: string[] },
  repository?: string,
): Intent | undefined {
  const version = rollback.version.trim();
  const on = targetsOf(rollback.on, rollback.clusters);
  return version && on
    ? intentOf('service.rollback', { service, on, version }, repository)
    : undefined;
}

/** The intent of a hotfix, `undefined` while something is missing. */
export function hotfixIntent(
  service: string,
  hotfix: {
    version: string;
    environment: string | undefined;
    forwardTo: string[];
  },
  repository?: string,
): Intent | undefined {
  const version = hotfix.version.trim();
  const { environment } = hotfix;
  const forwardTo = hotfix.forwardTo.filter(each => each !== environment);
  return version && environment && forwardTo.length > 0
    ? intentOf(
        'service.hotfix',
        { service, version, environment, forwardTo },
        repository,
      )
    : undefined;
}

/** The intent that puts a service on clusters, `undefined` while none is chosen. What is left empty has a default. */
export function onboardIntent(
  service: string,
  onboarding: { clusters: string[]; path: string; namespace: string },
  repository?: string,
): Intent | undefined {
  const { clusters } = onboarding;
  const path = onboarding.path.trim();
  const namespace = onboarding.namespace.trim();
  return clusters.length > 0
    ? intentOf(
        'service.onboard',
        {
          service,
          clusters,
          ...(path && { path }),
          ...(namespace && { namespace }),
        },
        repository,
      )
    : undefined;
}

/** The intent that switches a service on or off on clusters, `undefined` while none is chosen. */
export function toggleIntent(
  kind: 'service.enable' | 'service.disable',
  service: string,
  clusters: string[],
  repository?: string,
): Intent | undefined {
  return clusters.length > 0
    ? intentOf(kind, { service, clusters }, repository)
    : undefined;
}

/** An intent of one kind with its parameters. */
export function intentOf<TKind extends IntentKind>(
  kind: TKind,
  parameters: IntentParameters[TKind],
  repository?: string,
): Intent {
  return {
    kind,
    ...(repository !== undefined && { repository }),
    parameters: parameters as Intent['parameters'],
  };
}

function targetsOf(
  environments: string[],
  clusters?: string[],
): DeploymentTargets | undefined {
  if (clusters) {
    return clusters.length > 0 ? { clusters } : undefined;
  }
  return environments.length > 0 ? { environments } : undefined;
}
