import type { HubSource } from '@backstage-fleet/plugin-fleet-node';
import { HubCopy } from './hubCopy';
import type { VirtualClock } from './virtualClock';

/** A source that runs, with what it has delivered so far. */
export interface SourceRun {
  readonly copy: HubCopy;
  /** Ends it, and waits for the end. */
  stop(): Promise<void>;
}

/** Runs a source on a test's clock, until it has asked the hub for the first time. */
export async function runSource(
  clock: VirtualClock,
  source: Pick<HubSource, 'run'>,
  copy = new HubCopy(),
): Promise<SourceRun> {
  const controller = new AbortController();
  const running = source.run(copy, controller.signal);
  await clock.advance(0);
  return {
    copy,
    async stop() {
      controller.abort();
      await clock.advance(0);
      await running;
    },
  };
}
