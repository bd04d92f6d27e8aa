import type { ChangeJournal } from '../changes/journal';
import type { ChangesHarness } from './changes';

const READS = new Set(['get', 'list', 'findProposed', 'following']);

/**
 * A process that ends before or after one of its steps, counted from 1: from then on nothing that it does has an effect,
 * and it sees no answer. Steps are what it writes: to the journal, and to the Git host.
 */
export class DyingProcess {
  /** The steps that were taken, for people. */
  readonly steps: string[] = [];
  readonly #dies: { step: number; when: 'before' | 'after' };

  constructor(dies: { step: number; when: 'before' | 'after' }) {
    this.#dies = dies;
  }

  get isDead(): boolean {
    return this.steps.length >= this.#dies.step;
  }

  /** Stands between its requests and the host. */
  attach(harness: ChangesHarness): void {
    harness.host.gate = name => {
      const { carriedOut, seen } = this.#take(name, name.startsWith('GET'));
      if (!carriedOut) return 'lose-request';
      return seen ? 'pass' : 'lose-answer';
    };
  }

  journal(journal: ChangeJournal): ChangeJournal {
    return new Proxy(journal, {
      get: (target, property: keyof ChangeJournal) => {
        return async (...parameters: any[]) => {
          const { carriedOut, seen } = this.#take(
            `journal: ${property}`,
            READS.has(property),
          );
          const result = carriedOut
            ? await (target[property] as any)(...parameters)
            : undefined;
          if (!seen) throw new Error('The process ended');
          return result;
        };
      },
    });
  }

  #take(name: string, reads: boolean): { carriedOut: boolean; seen: boolean } {
    if (this.isDead) return { carriedOut: false, seen: false };
    if (!reads) this.steps.push(name);
    return this.isDead
      ? { carriedOut: this.#dies.when === 'after', seen: false }
      : { carriedOut: true, seen: true };
  }
}
