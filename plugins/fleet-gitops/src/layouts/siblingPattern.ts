import {
  isMap,
  isScalar,
  isSeq,
  Lexer,
  Node,
  Pair,
  parseAllDocuments,
} from 'yaml';
import type { ApplicationSet } from '../model/argocd';
import { nameToken, snakeCase } from '../repository/serviceName';
import type { Declared } from '../repository';

/**
 * What decides from where and to where software goes. It is copied as the team wrote it and never takes a name that
 * somebody typed into a form.
 *
 * Source: Argo CD `docs/operator-manual/applicationset/Security.md`.
 */
const PROTECTED = new Set([
  'project',
  'repoURL',
  'server',
  'targetRevision',
  'chart',
  'apiVersion',
  'kind',
]);

interface Replacement {
  start: number;
  end: number;
  text: string;
}

/** How a sibling's name is replaced by the new service's, in each spelling that occurs. */
export interface Renaming {
  from: string;
  to: string;
  /** Whether label keys write `_` for the `-` of a name. */
  snakeCaseLabels: boolean;
}

function rename(
  text: string,
  { from, to, snakeCaseLabels }: Renaming,
  isLabelKey: boolean,
): string {
  const spelled = isLabelKey && snakeCaseLabels ? snakeCase(to) : to;
  let result = text.replace(nameToken(from, 'g'), () => spelled);
  // `_` is no part of a word's boundary, so `enable_payments` is found by the line above.
  if (snakeCase(from) !== from)
    result = result.replace(nameToken(snakeCase(from), 'g'), () =>
      snakeCase(to),
    );
  return result;
}

function comments(text: string): Replacement[] {
  const found: Replacement[] = [];
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    // The lexer marks documents and scalars with single control characters that are not in the text.
    if (token === '\u0002' || token === '\u0018' || token === '\u001f')
      continue;
    if (token.startsWith('#')) {
      const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
      const end = offset + token.length;
      const own = text.slice(lineStart, offset).trim() === '';
      if (own) {
        const next = text.indexOf('\n', end);
        found.push({
          start: lineStart,
          end: next === -1 ? text.length : next + 1,
          text: '',
        });
      } else {
        found.push({
          start: lineStart + text.slice(lineStart, offset).trimEnd().length,
          end,
          text: '',
        });
      }
    }
    offset += token.length;
  }
  return found;
}

/**
 * The text of a new ApplicationSet, in the shape of an existing one: its comments left out, its service's name replaced
 * wherever it stands as a word of its own, except in protected fields.
 *
 * @returns `undefined` where the sibling cannot be a pattern, because a protected field has its name
 */
export function copySibling(
  sibling: Declared<ApplicationSet>,
  fileText: string,
  renaming: Renaming,
): string | undefined {
  return copyDocument(fileText, sibling.document, (text, isLabelKey) =>
    rename(text, renaming, isLabelKey),
  );
}

/**
 * A document of a file as the text of a new file: its comments left out, its scalars renamed, except in protected fields.
 *
 * @param renamed - the new text of a key or value; `isLabelKey` for keys of label selectors
 * @returns `undefined` where the document cannot be a pattern, because a protected field would be renamed
 */
export function copyDocument(
  fileText: string,
  index: number,
  renamed: (text: string, isLabelKey: boolean) => string,
): string | undefined {
  const documents = parseAllDocuments(fileText, {
    schema: 'failsafe',
    keepSourceTokens: true,
  });
  if ('empty' in documents) return undefined;
  const document = documents[index];
  const contents = document?.contents;
  if (!contents?.range || document.errors.length > 0) return undefined;

  const replacements: Replacement[] = comments(fileText);
  let usable = true;
  const visitScalar = (
    node: unknown,
    isLabelKey: boolean,
    isProtected: boolean,
  ) => {
    if (!isScalar(node) || !node.range || !node.srcToken) return;
    const [start, end] = node.range;
    const source = fileText.slice(start, end);
    const text = renamed(source, isLabelKey);
    if (text === source) return;
    if (isProtected) usable = false;
    else replacements.push({ start, end, text });
  };
  const walk = (
    node: Node | null | unknown,
    parentKey: string | undefined,
    isProtected: boolean,
  ) => {
    if (isMap(node)) {
      for (const pair of node.items as Pair[]) {
        const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
        visitScalar(pair.key, parentKey === 'matchLabels', false);
        walk(
          pair.value,
          key,
          isProtected || (key !== undefined && PROTECTED.has(key)),
        );
      }
    } else if (isSeq(node)) {
      for (const item of node.items) walk(item, parentKey, isProtected);
    } else {
      visitScalar(node, parentKey === 'key', isProtected);
    }
  };
  walk(contents, undefined, false);
  if (!usable) return undefined;

  const [start, , end] = contents.range;
  const inside = replacements
    .filter(replacement => replacement.start >= start && replacement.end <= end)
    .sort((one, other) => one.start - other.start);
  let result = '';
  let position = start;
  for (const replacement of inside) {
    if (replacement.start < position) continue;
    result += fileText.slice(position, replacement.start) + replacement.text;
    position = replacement.end;
  }
  result += fileText.slice(position, end);
  const lineBreak = fileText.includes('\r\n') ? '\r\n' : '\n';
  const marker = fileText.startsWith('---') ? `---${lineBreak}` : '';
  return `${marker}${result.trimEnd()}${lineBreak}`;
}
