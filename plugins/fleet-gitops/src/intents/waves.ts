import type { ClusterWaves } from '@backstage-fleet/plugin-fleet-common';
import { InputError } from '@backstage/errors';
import type { IntentStage } from './stages';
import type { ApplyIntentOptions } from './types';

/** A cluster that is meant. */
export interface WaveMember {
  cluster: string;
  /** Where it is known otherwise than from the cluster's labels. */
  region?: string;
}

/** What waves are made with. */
export interface WaveOptions {
  /** The parameter that names what is meant, for messages: `to`, `clusters`. */
  field: string;
  /** What is known of the clusters, the first that has a name counts. */
  clusters: ReadonlyArray<{
    name: string;
    labels: Readonly<Record<string, string>>;
  }>;
  regionLabels?: ApplyIntentOptions['regionLabels'];
  /** The version that each wave brings. */
  version: string;
}

/**
 * The stages of an intent that goes in waves: by region, the named ones first and then the others in alphabetical order,
 * clusters without a region last; or as listed. Each waits until the one before is healthy.
 *
 * @throws `InputError` where a cluster is in no wave, or a wave names one that is not meant
 */
export function waveStages(
  waves: ClusterWaves | undefined,
  members: readonly WaveMember[],
  { field, clusters, regionLabels = ['region'], version }: WaveOptions,
): IntentStage[] {
  if (!waves) return [];
  const regionOf = (name: string) => {
    const labels = clusters.find(cluster => cluster.name === name)?.labels;
    return regionLabels.map(key => labels?.[key]).find(Boolean);
  };
  const regions = new Map(
    members.map(({ cluster, region }) => [
      cluster,
      region ?? regionOf(cluster) ?? '',
    ]),
  );
  const found =
    waves.by === 'region'
      ? byRegion(regions, waves.order ?? [])
      : byList(regions, waves.clusters, field);
  return found.map((wave, index) => ({
    id: `wave-${index + 1}`,
    title: `Wave ${index + 1}${wave.region ? `: ${wave.region}` : ''}`,
    waitFor: 'healthy',
    clusters: wave.clusters,
    version,
  }));
}

interface Wave {
  region?: string;
  clusters: string[];
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
    ...new Set(order),
    ...others.sort(),
    ...(known.includes('') ? [''] : []),
  ];
  return sequence.map(region => ({
    region: region || 'clusters without a region',
    clusters: [...regions]
      .filter(([, own]) => own === region)
      .map(([cluster]) => cluster)
      .sort(),
  }));
}

function byList(
  regions: Map<string, string>,
  lists: string[][],
  field: string,
): Wave[] {
  const listed = lists.flat();
  const foreign = listed.find(cluster => !regions.has(cluster));
  if (foreign !== undefined)
    throw new InputError(
      `parameters.waves.clusters: \`${foreign}\` is not among the targets. Remove it, or name it in \`${field}\`.`,
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
  return lists.map(clusters => ({ clusters: [...clusters].sort() }));
}
