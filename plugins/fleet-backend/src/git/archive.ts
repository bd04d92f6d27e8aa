import { Parser } from 'tar';

/**
 * Reads the files of a gzipped tar archive as GitHub makes them: everything below one top directory, which is left out
 * of the paths. Links and special files are skipped.
 *
 * @param wanted - Paths that are read; the others are passed over.
 */
export async function readArchive(
  archive: Buffer,
  wanted: ReadonlySet<string>,
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  await new Promise<void>((resolve, reject) => {
    const parser = new Parser({
      strict: true,
      onReadEntry(entry) {
        const path = entry.path.slice(entry.path.indexOf('/') + 1);
        if (entry.type !== 'File' || !wanted.has(path)) {
          entry.resume();
          return;
        }
        const chunks: Buffer[] = [];
        entry.on('data', chunk => chunks.push(Buffer.from(chunk)));
        entry.on('end', () => files.set(path, Buffer.concat(chunks)));
      },
    });
    parser.on('end', () => resolve());
    parser.on('error', reject);
    parser.end(archive);
  });
  return files;
}
