import { ConflictError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';
import type { RepositorySnapshot } from '../../model/repository';
import type { Edits } from '../edits';
import { removeFromKustomization } from '../offboarding';

const SEPARATOR = /^---(?=[ \t\r\n]|$).*(?:\r?\n|$)/gm;

/** Texts of the documents in a file, each with the marker line in front of it, so that together they are the file. */
function pieces(text: string): string[] {
  const starts = [...text.matchAll(SEPARATOR)].map(({ index }) => index);
  const bounds = [...new Set([0, ...starts, text.length])];
  return bounds
    .slice(1)
    .map((end, index) => text.slice(bounds[index], end))
    .filter(piece => piece !== '');
}

function contentsOf(text: string): unknown[] {
  const documents = parseAllDocuments(text, { merge: true });
  return 'empty' in documents
    ? []
    : documents
        .filter(({ contents }) => contents !== null)
        .map(document => document.toJS());
}

/**
 * The text without one of its documents; `undefined` where nothing else is in it.
 *
 * @throws `ConflictError` where the documents cannot be told apart by their markers
 */
export function withoutDocument(
  text: string,
  index: number,
  file: string,
): string | undefined {
  const parsed = parseAllDocuments(text, { merge: true });
  const values = 'empty' in parsed ? [] : parsed.map(item => item.toJS());
  const expected = values.filter((value, at) => at !== index && value !== null);
  if (expected.length === 0) return undefined;
  const candidates = pieces(text).map((_piece, at, all) => {
    const rest = all.filter((_other, other) => other !== at);
    // What comes first needs no marker where the file had none in front.
    return at === 0 && !/^---/.test(text)
      ? rest.join('').replace(/^---[ \t]*\r?\n/, '')
      : rest.join('');
  });
  const found = candidates.find(
    candidate =>
      JSON.stringify(contentsOf(candidate)) === JSON.stringify(expected),
  );
  if (found === undefined) {
    throw new ConflictError(
      `${file} holds several objects that cannot be told apart by \`---\` lines. Remove the object by hand.`,
    );
  }
  return found;
}

/** The text with one more document behind the last. */
export function withDocument(text: string, document: string): string {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const ended = text.endsWith('\n') ? text : `${text}${lineBreak}`;
  const body = document.replace(/^---[ \t]*\r?\n/, '');
  return `${ended}---${lineBreak}${body}`;
}

/** Removes objects from a file, and the file with the last of them. */
export function removeDocuments(
  file: string,
  documents: readonly number[],
  name: string,
  repository: RepositorySnapshot,
  edits: Edits,
): void {
  let text: string | undefined = edits.text(file);
  // From the last to the first, so that the indexes stay right.
  for (const document of [...documents].sort((one, other) => other - one))
    text = text === undefined ? text : withoutDocument(text, document, file);
  if (text === undefined) {
    edits.delete(file, `${file}: remove Application ${name}`);
    removeFromKustomization(file, repository, edits);
  } else {
    edits.set(file, text, `${file}: remove Application ${name}`);
  }
}
