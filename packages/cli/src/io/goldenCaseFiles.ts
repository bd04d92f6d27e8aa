import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { GoldenCase } from '@backstage-fleet/plugin-fleet-gitops';

const GOLDEN_CASE_FILE = /\.json(\.gz)?$/;
const YAML_FILE = /\.(ya?ml|tmpl|tpl)$/;

/** What is checked: files of golden cases, and files whose edits are swept. */
export interface ConformanceFiles {
  golden: string[];
  swept: string[];
}

/**
 * The files to check among some files and folders, folders with all below them, sorted within each.
 *
 * @remarks
 * A folder with YAML files is a corpus: edits are swept through those and through its JSON files that hold no golden cases.
 *
 * @throws with the path, where it does not exist or has no such file
 */
export async function findConformanceFiles(
  paths: string[],
): Promise<ConformanceFiles> {
  const found = await Promise.all(paths.map(findBelow));
  const all = [...new Set(found.flat())];
  const kinds = await Promise.all(
    all.map(async file => ({ file, isGolden: await isGoldenFile(file) })),
  );
  const filesOf = (golden: boolean) =>
    kinds.filter(({ isGolden }) => isGolden === golden).map(({ file }) => file);
  return { golden: filesOf(true), swept: filesOf(false) };
}

async function findBelow(path: string): Promise<string[]> {
  const stats = await stat(path).catch(() => {
    throw new Error(`${path} does not exist.`);
  });
  if (!stats.isDirectory()) return [path];
  const entries = await readdir(path, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries
    .filter(
      entry =>
        entry.isFile() &&
        (GOLDEN_CASE_FILE.test(entry.name) || YAML_FILE.test(entry.name)),
    )
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  if (files.length === 0)
    throw new Error(`${path} has no .json, .json.gz or YAML files.`);
  return files;
}

/** Whether a file is for golden cases: gzipped, or JSON that is one, or what is nothing else. */
async function isGoldenFile(file: string): Promise<boolean> {
  if (YAML_FILE.test(file)) return false;
  if (!file.endsWith('.json')) return true;
  const text = await readFile(file, 'utf8');
  try {
    const [first] = [JSON.parse(text)].flat();
    return typeof first?.name === 'string' && 'expect' in first;
  } catch {
    // Golden cases that were damaged must be told.
    return text.includes('"expect"');
  }
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
