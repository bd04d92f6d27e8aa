import type { Config } from '@backstage/config';
import { ClusterLabelKeys, NamePattern, parseNamePattern } from '../store';
import { parseVersionRule, type VersionRule } from '../versions';

/** What of `fleet` in the configuration the read path uses, besides hubs and repositories. */
export interface FleetConfig {
  labels: ClusterLabelKeys;
  namePatterns: NamePattern[];
  versionRule: VersionRule;
  /** Seconds between two looks at a repository's branch, by the repository's id. */
  pollSeconds: ReadonlyMap<string, number>;
}

export function readFleetConfig(config: Config): FleetConfig {
  const repositories =
    config.getOptionalConfigArray('fleet.repositories') ?? [];
  return {
    labels: {
      environment: config.getOptionalStringArray(
        'fleet.labels.environment',
      ) ?? ['environment', 'env'],
      region: config.getOptionalStringArray('fleet.labels.region') ?? [
        'region',
      ],
    },
    namePatterns: (
      config.getOptionalStringArray('fleet.services.namePatterns') ?? []
    ).map(parseNamePattern),
    versionRule: parseVersionRule(
      config.getOptionalString('fleet.versions.rule'),
    ),
    pollSeconds: new Map(
      repositories.flatMap(repository => {
        const seconds = repository.getOptionalNumber('pollSeconds');
        return seconds === undefined
          ? []
          : [[repository.getString('id'), Math.max(seconds, 1)] as const];
      }),
    ),
  };
}
