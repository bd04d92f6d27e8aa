import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
/** Where Node and Yarn go when the machine has no fitting ones. Not in Git. */
export const toolsDir = join(root, '.tools');
/** Stamps that say what is already installed and built. Not in Git. */
export const buildDir = join(root, '.build');
