import type { FleetSize } from '@backstage-fleet/dev-hub';
import { Forked } from './Forked';
import type { Answer, Command } from './hubProcess';

/** Opens the generated hubs. */
export const HUB_TOKEN = 'benchmark-hub-token';

/** Hubs with a generated fleet, in another process. */
export class Hubs extends Forked<Command, Answer> {
  /** Addresses of their Kubernetes APIs. */
  readonly urls: string[] = [];

  static async start(sizes: FleetSize[]): Promise<Hubs> {
    const hubs = new Hubs('hubProcess.ts');
    const { ports } = await hubs.tell({
      act: 'start',
      hubs: sizes,
      token: HUB_TOKEN,
    });
    hubs.urls.push(...ports!.map(port => `http://127.0.0.1:${port}`));
    return hubs;
  }
}
