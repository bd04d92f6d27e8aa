import { Document, LineCounter, parseAllDocuments, visit } from 'yaml';
import { isJsonText } from './json';
import { hasTemplateLines } from './templates';
import { YamlEditError, YamlEditReason } from './YamlEditError';

/**
 * Which file an edit is about, for messages, and which of its documents.
 *
 * @public
 */
export interface YamlEditOptions {
  /** Path of the file, named in errors. */
  file?: string;
  /** Document in a multi-document file, counted from 0. Default 0. */
  document?: number;
}

/** A parsed file with its source positions. */
export interface YamlSource {
  text: string;
  file: string | undefined;
  documents: Document.Parsed[];
  /** The text is JSON, and stays so. */
  isJson: boolean;
  /** Line of an offset, counted from 1. */
  lineOf(offset: number): number;
}

/** The error for a refused edit at an offset of the source. */
export function refusal(
  source: Pick<YamlSource, 'file' | 'lineOf'>,
  offset: number,
  reason: YamlEditReason,
  message: string,
  advice: string,
): YamlEditError {
  return new YamlEditError({
    file: source.file,
    line: source.lineOf(offset),
    reason,
    message,
    advice,
  });
}

/** The result of one edit is what the next one begins with. */
let recent: YamlSource | undefined;

/**
 * Parses a file for editing.
 *
 * @remarks
 * With the failsafe schema every scalar stays the text it was; `uniqueKeys` is off because a duplicate key matters only
 * where an edit meets it.
 */
export function parseSource(
  text: string,
  file: string | undefined,
): YamlSource {
  if (recent?.text === text && recent.file === file) return recent;
  recent = readSource(text, file);
  return recent;
}

function readSource(text: string, file: string | undefined): YamlSource {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, {
    schema: 'failsafe',
    keepSourceTokens: true,
    uniqueKeys: false,
    lineCounter,
    prettyErrors: false,
  });
  const documents: Document.Parsed[] = 'empty' in parsed ? [] : parsed;
  const source: YamlSource = {
    text,
    file,
    documents,
    isJson: isJsonText(text, file),
    lineOf: offset => Math.max(1, lineCounter.linePos(offset).line),
  };
  // A template may be YAML in some of its documents before it is rendered.
  if (!hasTemplateLines(text)) {
    const [error] = documents.flatMap(({ errors }) => errors);
    if (error) {
      throw refusal(
        source,
        error.pos[0],
        'invalid-yaml',
        `is not valid YAML: ${error.message}`,
        'Correct the file in Git first.',
      );
    }
  }
  return source;
}

/** The document an edit is about. */
export function selectDocument(
  source: YamlSource,
  options: YamlEditOptions,
): Document.Parsed {
  const document = source.documents[options.document ?? 0];
  const [error] = document?.errors ?? [];
  if (error) {
    throw refusal(
      source,
      error.pos[0],
      'template-syntax',
      'is a template and no YAML before it is rendered',
      'Edit the template by hand; only plain YAML can be edited safely.',
    );
  }
  if (!document?.contents) {
    throw refusal(
      source,
      0,
      'missing',
      `has no content in document ${(options.document ?? 0) + 1}`,
      'Check the path and the document number.',
    );
  }
  return document;
}

/** Anchors of a document that an alias uses. */
export function usedAnchors(document: Document): Set<string> {
  const used = new Set<string>();
  visit(document, {
    Alias(_key, alias) {
      used.add(alias.source);
    },
  });
  return used;
}
