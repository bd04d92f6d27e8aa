import { ConflictError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';

const MARKER = /^---(?=\s|$)/gm;

/**
 * The text of a file without one of its documents, all others byte for byte as they were.
 *
 * @returns `undefined` where nothing is left and the file can go
 * @throws `ConflictError` where the other documents would change
 */
export function removeDocument(
  text: string,
  document: number,
  file: string,
): string | undefined {
  const before = documentsOf(text);
  if (before.length <= 1) return undefined;
  const others = before.filter((_value, index) => index !== document);
  const parts = splitDocuments(text);
  // A comment in front of the first marker is a part of its own, and no document.
  const offset = parts.length - before.length;
  const index = document + offset;
  const removed = parts.filter((_part, at) => at !== index).join('');
  const after = documentsOf(removed);
  if (offset < 0 || JSON.stringify(after) !== JSON.stringify(others))
    throw new ConflictError(
      `${file}: document ${
        document + 1
      } cannot be taken out without touching the others. Take it out by hand.`,
    );
  return removed;
}

function documentsOf(text: string): unknown[] {
  const documents = parseAllDocuments(text, { merge: true });
  return 'empty' in documents ? [] : documents.map(parsed => parsed.toJS());
}

function splitDocuments(text: string): string[] {
  const starts = [...text.matchAll(MARKER)].map(({ index }) => index);
  const borders = starts[0] === 0 ? starts : [0, ...starts];
  return borders.map((start, index) => text.slice(start, borders[index + 1]));
}
