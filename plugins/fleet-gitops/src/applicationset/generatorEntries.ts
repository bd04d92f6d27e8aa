/** All entries under `generators` as they are written, also those inside matrix and merge generators. */
export function generatorEntries(generators: unknown): any[] {
  return (Array.isArray(generators) ? generators : []).flatMap(entry =>
    typeof entry === 'object' && entry !== null
      ? [
          entry,
          ...generatorEntries(entry.matrix?.generators),
          ...generatorEntries(entry.merge?.generators),
        ]
      : [],
  );
}
