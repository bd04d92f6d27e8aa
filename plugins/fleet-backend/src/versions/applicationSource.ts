import type { ApplicationSource } from '@backstage-fleet/plugin-fleet-gitops';

/** The source of an Application whose files say the version. */
export interface MainSource {
  source: ApplicationSource;
  /** Its place among several sources, and among their revisions. */
  index: number;
  /** Sources that others take value files from, by name. */
  references: ReadonlyMap<string, { source: ApplicationSource; index: number }>;
}

/**
 * The source that an Application's version is read from: its only one, or of several the first with a chart or a path.
 */
export function mainSource(spec: {
  source?: ApplicationSource;
  sources?: ApplicationSource[];
}): MainSource | undefined {
  const sources = spec.sources ?? (spec.source ? [spec.source] : []);
  const index = sources.findIndex(
    source => source && (source.chart || source.path !== undefined),
  );
  if (index === -1) return undefined;
  const references = new Map(
    sources.flatMap((source, place) =>
      source?.ref ? [[source.ref, { source, index: place }] as const] : [],
    ),
  );
  return { source: sources[index], index, references };
}
