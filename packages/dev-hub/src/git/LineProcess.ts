import { type AnswerParser, GitProcess } from './GitProcess';

class Lines implements AnswerParser<string> {
  #rest = '';

  push(chunk: Buffer): string[] {
    const lines = `${this.#rest}${chunk}`.split('\n');
    this.#rest = lines.pop()!;
    return lines;
  }

  reset() {
    this.#rest = '';
  }
}

/** A long-lived git process that answers every question with one line, in order. */
export class LineProcess extends GitProcess<string> {
  constructor(directory: string, args: readonly string[]) {
    super(directory, args, new Lines());
  }
}
