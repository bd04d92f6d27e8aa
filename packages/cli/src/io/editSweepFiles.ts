import { readFile } from 'node:fs/promises';

/**
 * Reads a file whose edits are swept.
 *
 * @returns `undefined` where the bytes are no UTF-8: there is no text to edit
 */
export async function readSweptText(file: string): Promise<string | undefined> {
  const bytes = await readFile(file);
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}
