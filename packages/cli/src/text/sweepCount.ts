import type { SweptEdit } from '@backstage-fleet/plugin-fleet-gitops';

interface Outcomes {
  edited: number;
  refused: Map<string, number>;
  wrong: number;
}

/** Counts the edits of a sweep by operation, and why edits were refused. */
export class SweepCount {
  /** Files that are no text. */
  skipped = 0;
  private readonly operations = new Map<string, Outcomes>();

  add(swept: SweptEdit): void {
    const { operation } = swept;
    const outcomes = this.operations.get(operation) ?? {
      edited: 0,
      refused: new Map(),
      wrong: 0,
    };
    this.operations.set(operation, outcomes);
    if (swept.outcome === 'refused') {
      const known = outcomes.refused.get(swept.reason) ?? 0;
      outcomes.refused.set(swept.reason, known + 1);
    } else {
      outcomes[swept.outcome]++;
    }
  }

  /** Edits that were made and proven, or refused. */
  get passed(): number {
    return this.sum(({ edited, refused }) => edited + total(refused));
  }

  get failed(): number {
    return this.sum(({ wrong }) => wrong);
  }

  /** The share of an operation's edits that were made, from 0 to 1. */
  shareEdited(operation: SweptEdit['operation']): number {
    const outcomes = this.operations.get(operation);
    if (!outcomes) return 0;
    const { edited, refused, wrong } = outcomes;
    return edited / (edited + total(refused) + wrong);
  }

  /** A line for each operation. */
  describe(): string {
    const lines = [...this.operations]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([operation, { edited, refused, wrong }]) => {
        const reasons = [...refused]
          .sort(([, one], [, other]) => other - one)
          .map(([reason, times]) => `${reason} ${times}`)
          .join(', ');
        const why = reasons ? ` (${reasons})` : '';
        return `${operation}: ${edited} edited, ${total(
          refused,
        )} refused${why}, ${wrong} wrong\n`;
      });
    const skipped =
      this.skipped > 0 ? `${this.skipped} files are not UTF-8 text\n` : '';
    return lines.join('') + skipped;
  }

  private sum(part: (outcomes: Outcomes) => number): number {
    return [...this.operations.values()].reduce(
      (sum, outcomes) => sum + part(outcomes),
      0,
    );
  }
}

function total(counts: Map<string, number>): number {
  return [...counts.values()].reduce((sum, times) => sum + times, 0);
}
