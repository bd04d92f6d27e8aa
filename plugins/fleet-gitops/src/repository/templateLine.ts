import { isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';
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
  let line: number | undefined;
  for (const document of 'empty' in documents ? [] : documents) {
    visit(document, {
      Scalar(_key, node) {
        if (!isScalar(node) || node.value !== template.text) return undefined;
        const { type, range } = node;
        const start = lineCounter.linePos(range![0]).line;
        // The text of a block scalar begins on the line below `|`; lines of other texts are folded.
        line = type === 'BLOCK_LITERAL' ? start + template.line : start;
        return visit.BREAK;
      },
    });
    if (line !== undefined) break;
  }
  return line;
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
