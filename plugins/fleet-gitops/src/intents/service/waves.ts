import type { PromotionWaves } from '@backstage-fleet/plugin-fleet-common';
import { InputError } from '@backstage/errors';
import type { LayoutDeployment } from '../../layouts/types';

/** Some of the clusters, taken together. */
export interface Wave {
  /** The region, or the clusters' names. */
  title: string;
  clusters: string[];
}

/**
 * Splits deployments into waves: by region, the named ones first and then the others in alphabetical order, clusters without
 * a region last; or as listed.
 *
 * @param regionOf - region of a cluster, for deployments that do not say theirs
 * @throws `InputError` where a deployment is in no wave, or a wave names a cluster that is not meant
 */
export function splitIntoWaves(
  waves: PromotionWaves,
  deployments: LayoutDeployment[],
  regionOf: (cluster: string) => string | undefined,
): Wave[] {
  const regions = new Map<string, string>();
  for (const { cluster, environment, region } of deployments) {
    if (cluster === undefined)
      throw new InputError(
        `parameters.waves: the repository does not name the clusters of ${environment}. Leave the waves out.`,
      );
    regions.set(cluster, region ?? regionOf(cluster) ?? '');
  }
  return waves.by === 'region'
    ? byRegion(regions, waves.order ?? [])
    : byList(regions, waves.clusters);
}

function byRegion(regions: Map<string, string>, order: string[]): Wave[] {
  const known = [...new Set(regions.values())];
  const unknown = order.find(region => !known.includes(region));
  if (unknown !== undefined)
    throw new InputError(
      `parameters.waves.order: no target is in region \`${unknown}\`. Regions: ${known
        .filter(Boolean)
        .sort()
        .join(', ')}.`,
    );
  const others = known.filter(region => region && !order.includes(region));
  const sequence = [
    ...order,
    ...others.sort(),
    ...(known.includes('') ? [''] : []),
  ];
  return sequence.map(region => ({
    title: region || 'clusters without a region',
    clusters: [...regions]
      .filter(([, own]) => own === region)
      .map(([cluster]) => cluster)
      .sort(),
  }));
}

function byList(regions: Map<string, string>, lists: string[][]): Wave[] {
  const listed = lists.flat();
  const foreign = listed.find(cluster => !regions.has(cluster));
  if (foreign !== undefined)
    throw new InputError(
      `parameters.waves.clusters: \`${foreign}\` is not among the targets. Remove it, or name it in \`to\`.`,
    );
  const twice = listed.find(
    (cluster, index) => listed.indexOf(cluster) !== index,
  );
  if (twice !== undefined)
    throw new InputError(
      `parameters.waves.clusters: \`${twice}\` is in two waves. Name it once.`,
    );
  const missing = [...regions.keys()].filter(
    cluster => !listed.includes(cluster),
  );
  if (missing.length > 0)
    throw new InputError(
      `parameters.waves.clusters: ${missing.join(', ')} ${
        missing.length === 1 ? 'is' : 'are'
      } in no wave. Add ${missing.length === 1 ? 'it' : 'them'} to one.`,
    );
  return lists.map(clusters => ({
    title: clusters.join(', '),
    clusters: [...clusters].sort(),
  }));
}
