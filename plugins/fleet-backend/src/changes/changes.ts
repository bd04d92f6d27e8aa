import {
  DatabaseService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  FLEET_CHANGE_CHANNEL,
  FleetChangeSignal,
} from '@backstage-fleet/plugin-fleet-common';
import {
  applyIntent,
  parseIntent,
  planChanges,
  PlanGuardOptions,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { GitRepositories } from '../git';
import { ChangeEngine } from './changeEngine';
import { ChangeTracker } from './changeTracker';
import { ChangeWriter } from './changeWriter';
import { DatabaseChangeJournal } from './databaseJournal';
import type { ChangeJournal } from './journal';
import { ChangeNotifier } from './notifier';
import type { FleetView, IntentEngine } from './types';

/** The write path of the fleet. */
export interface Changes {
  engine: ChangeEngine;
  journal: ChangeJournal;
  tracker: ChangeTracker;
  /** Starts to finish and to follow what is in flight. */
  start(): Promise<void>;
  stop(): void;
}

/** What the write path is made from. */
export interface ChangesOptions {
  database: DatabaseService;
  logger: LoggerService;
  scheduler: SchedulerService;
  repositories: GitRepositories;
  signals?: SignalsService;
  /** Tells requesters and owners when a change has ended. */
  notifications?: NotificationService;
  /** What is known of the hubs. Without it, plans come from Git alone and changes are followed to the merge. */
  view?: FleetView;
  /** When a plan is stopped. */
  guards?: PlanGuardOptions;
  /** Keys of the cluster label that holds the region. */
  regionLabels?: string[];
  /** Default: the GitOps engine's. */
  intents?: IntentEngine;
}

/** Makes the write path. Nothing runs until started. */
export async function createChanges(options: ChangesOptions): Promise<Changes> {
  const { database, logger, scheduler, signals } = options;
  const journal = await DatabaseChangeJournal.create({ database });
  const notifier =
    options.notifications &&
    new ChangeNotifier({
      notifications: options.notifications,
      journal,
      ownerOf: service => options.view?.ownerOf?.(service),
      logger,
    });
  const publish = (id: string) => {
    void notifier?.notify(id);
    signals
      ?.publish<FleetChangeSignal>({
        recipients: { type: 'broadcast' },
        channel: FLEET_CHANGE_CHANNEL,
        message: { id },
      })
      .catch(error => logger.debug(`No signal for change ${id}: ${error}`));
  };
  const common = {
    intents: { parseIntent, applyIntent, planChanges },
    ...options,
    journal,
  };
  /** What looks at the fleet again: it may show a commit before the journal says that it was made. */
  const followers: Array<() => void> = [];
  const onChange = (id: string) => {
    publish(id);
    followers.forEach(follow => follow());
  };
  const writer = new ChangeWriter({ ...common, onChange });
  const engine = new ChangeEngine({ ...common, writer, onChange });
  const tracker = new ChangeTracker({
    ...common,
    onChange: publish,
    onNextStage: id => void engine.goOn(id),
    refresh: id => engine.refresh(id),
  });
  followers.push(() => void tracker.follow());
  let unsubscribe: (() => void) | undefined;

  return {
    engine,
    journal,
    tracker,
    async start() {
      unsubscribe = tracker.start();
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
    },
    stop: () => unsubscribe?.(),
  };
}

/** Reads from `fleet` which environments are production, for the guards. */
export function readPlanGuards(config: Config): PlanGuardOptions {
  return {
    productionEnvironments: config.getOptionalStringArray(
      'fleet.productionEnvironments',
    ),
    environmentLabels: config.getOptionalStringArray(
      'fleet.labels.environment',
    ),
    roots: config.getOptionalStringArray('fleet.changeRoots'),
  };
}
