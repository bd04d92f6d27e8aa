import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { buildDir, root } from './paths.mjs';

const SKIPPED = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

function* files(path) {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (!SKIPPED.has(entry.name)) yield* files(join(path, entry.name));
  }
}

/** Hash over the content of files and folders, given relative to the root, and of some extra words. */
export function fingerprint(paths, ...extra) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of [...files(join(root, path))].sort()) {
      hash.update(file.slice(root.length)).update('\0');
      hash.update(readFileSync(file)).update('\0');
    }
  }
  return hash.update(extra.join('\0')).digest('hex');
}

/** Whether a step was done with this fingerprint already. */
export function isStamped(step, value) {
  const file = join(buildDir, step);
  return existsSync(file) && readFileSync(file, 'utf8') === value;
}

export function stamp(step, value) {
  mkdirSync(buildDir, { recursive: true });
  writeFileSync(join(buildDir, step), value);
}

/** Before a step begins: one that is interrupted is done again. */
export function unstamp(step) {
  rmSync(join(buildDir, step), { force: true });
}
