import {
  DatabaseService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  FLEET_CHANGE_CHANNEL,
  FleetChangeSignal,
} from '@backstage-fleet/plugin-fleet-common';
import type { GitRepositories } from '../git';
import { ChangeEngine } from './changeEngine';
import { ChangeTracker } from './changeTracker';
import { ChangeWriter } from './changeWriter';
import { DatabaseChangeJournal } from './databaseJournal';
import type { ChangeJournal } from './journal';
import type { FleetView, IntentEngine } from './types';

/** The write path of the fleet. */
export interface Changes {
  engine: ChangeEngine;
  journal: ChangeJournal;
  tracker: ChangeTracker;
}

/** What the write path is made from. */
export interface ChangesOptions {
  database: DatabaseService;
  logger: LoggerService;
  scheduler: SchedulerService;
  repositories: GitRepositories;
  intents: IntentEngine;
  signals?: SignalsService;
  /** What is known of the hubs. Without it, plans come from Git alone and changes are followed to the merge. */
  view?: FleetView;
}

/** Makes the write path, and starts to finish and follow what is in flight. */
export async function createChanges(options: ChangesOptions): Promise<Changes> {
  const { database, logger, scheduler, repositories, signals, view } = options;
  const journal = await DatabaseChangeJournal.create({ database });
  const onChange = (id: string) => {
    signals
      ?.publish<FleetChangeSignal>({
        recipients: { type: 'broadcast' },
        channel: FLEET_CHANGE_CHANNEL,
        message: { id },
      })
      .catch(error => logger.debug(`No signal for change ${id}: ${error}`));
  };
  const common = {
    engine: options.intents,
    repositories,
    journal,
    view,
    logger,
    onChange,
  };
  const writer = new ChangeWriter(common);
  const engine = new ChangeEngine({ ...common, writer });
  const tracker = new ChangeTracker(common);
  tracker.start();
  await scheduler.scheduleTask({
    id: 'fleet-changes',
    // Global: one replica at a time asks the Git host and finishes what another left.
    scope: 'global',
    frequency: { seconds: 5 },
    timeout: { minutes: 10 },
    fn: async () => {
      await engine.resume();
      await tracker.pollPullRequests();
    },
  });
  return { engine, journal, tracker };
}
