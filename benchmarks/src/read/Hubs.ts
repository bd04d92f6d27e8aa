import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FleetSize } from '@backstage-fleet/dev-hub';
import type { Answer, Command } from './hubProcess';

/** Opens the generated hubs. */
export const HUB_TOKEN = 'benchmark-hub-token';

/** Hubs with a generated fleet, in another process. */
export class Hubs {
  private constructor(
    private readonly child: ChildProcess,
    /** Addresses of their Kubernetes APIs. */
    readonly urls: string[],
  ) {}

  static async start(sizes: FleetSize[]): Promise<Hubs> {
    // eslint-disable-next-line no-restricted-syntax -- benchmarks run from their sources
    const child = fork(join(__dirname, 'hubProcess.ts'), [], {
      // Standard output is for measures.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const hubs = new Hubs(child, []);
    const { ports } = await hubs.tell({
      act: 'start',
      hubs: sizes,
      token: HUB_TOKEN,
    });
    hubs.urls.push(...ports!.map(port => `http://127.0.0.1:${port}`));
    return hubs;
  }

  async tell(command: Command): Promise<Answer> {
    this.child.send(command);
    for (;;) {
      const [message] = await once(this.child, 'message');
      // The transform of TypeScript sends messages of its own to whoever watches files.
      if (message.answer) return message.answer;
    }
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.disconnect();
    await gone;
  }
}
