import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process that plays a part of the benchmark: it is told something and answers it. */
export class Forked<Told extends object, Answer> {
  readonly #child: ChildProcess;

  /** @param file - the process's module, beside this one */
  constructor(file: string) {
    // eslint-disable-next-line no-restricted-syntax -- benchmarks run from their sources
    this.#child = fork(join(__dirname, file), [], {
      // Standard output is for measures.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  async tell(told: Told): Promise<Answer> {
    this.#child.send(told);
    for (;;) {
      const [message] = await once(this.#child, 'message');
      // The transform of TypeScript sends messages of its own to whoever watches files.
      if (message.answer) return message.answer;
    }
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.disconnect();
    await gone;
  }
}
