import { Document, LineCounter, parseAllDocuments, Scalar, visit } from 'yaml';
import type { ApplicationSetEvaluation } from '../applicationset';
import type { RepositorySnapshot } from '../model/repository';

/** What failed, and the file that declares it. */
interface Failed {
  file: string;
  readonly evaluation: ApplicationSetEvaluation;
}

/**
 * The line of the file in which a template of an ApplicationSet fails, counted from 1; `undefined` where nothing fails, or
 * where the file does not hold the template as it is, because a chart rendered it.
 *
 * @remarks
 * A text that stands there several times fails everywhere; the first place is named.
 *
 * @public
 */
export function templateLine(
  { file, evaluation }: Failed,
  repository: RepositorySnapshot,
): number | undefined {
  const text = repository.files.get(file);
  if (evaluation.status !== 'error' || text === undefined) return undefined;
  const { template } = evaluation;
  if (!template) return undefined;
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter,
    schema: 'failsafe',
  });
  const found =
    'empty' in documents ? undefined : findText(documents, template.text);
  if (!found) return undefined;
  const start = lineCounter.linePos(found.range![0]).line;
  // The text of a block scalar begins on the line below `|`; lines of other texts are folded.
  return found.type === 'BLOCK_LITERAL' ? start + template.line : start;
}

function findText(documents: Document[], text: string): Scalar | undefined {
  const found: Scalar[] = [];
  const visitor = {
    Scalar(_key: unknown, node: Scalar) {
      if (node.value !== text) return undefined;
      found.push(node);
      return visit.BREAK;
    },
  };
  for (const document of documents) visit(document, visitor);
  return found[0];
}

/** The message of an evaluation that has no Applications, with the file and the line where they are known. */
export function describeFailure(
  failed: Failed,
  repository: RepositorySnapshot,
): string {
  const { file, evaluation } = failed;
  if (evaluation.status === 'ok') return '';
  const line = templateLine(failed, repository);
  return line === undefined
    ? evaluation.message
    : `${file}:${line}: ${evaluation.message}`;
}
