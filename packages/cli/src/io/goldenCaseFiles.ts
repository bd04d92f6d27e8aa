import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { GoldenCase } from '@backstage-fleet/plugin-fleet-gitops';

const GOLDEN_CASE_FILE = /\.json(\.gz)?$/;

/**
 * The golden case files among some files and folders, folders with all below them, sorted within each.
 *
 * @throws with the path, where it does not exist or has no such file
 */
export async function findGoldenCaseFiles(paths: string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async path => {
      const stats = await stat(path).catch(() => {
        throw new Error(`${path} does not exist.`);
      });
      if (!stats.isDirectory()) return [path];
      const entries = await readdir(path, {
        recursive: true,
        withFileTypes: true,
      });
      const files = entries
        .filter(entry => entry.isFile() && GOLDEN_CASE_FILE.test(entry.name))
        .map(entry => join(entry.parentPath, entry.name))
        .sort();
      if (files.length === 0)
        throw new Error(`${path} has no .json or .json.gz files.`);
      return files;
    }),
  );
  return [...new Set(found.flat())];
}

/**
 * Reads a JSON array of golden cases, gzipped or not.
 *
 * @throws with the file's path, where it is anything else
 */
export async function readGoldenCases(file: string): Promise<GoldenCase[]> {
  const bytes = await readFile(file);
  let content: unknown;
  try {
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    content = JSON.parse((isGzip ? gunzipSync(bytes) : bytes).toString('utf8'));
  } catch (error) {
    throw new Error(`${file} is not valid JSON: ${(error as Error).message}.`);
  }
  const cases = Array.isArray(content) ? content : [content];
  const index = cases.findIndex(
    item => typeof item !== 'object' || typeof item?.name !== 'string',
  );
  if (index >= 0) {
    throw new Error(
      `${file} is not a file of golden cases: entry ${
        index + 1
      } has no \`name\`.`,
    );
  }
  return cases;
}
