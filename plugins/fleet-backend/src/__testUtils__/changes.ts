import type { LoggerService } from '@backstage/backend-plugin-api';
import Knex, { Knex as KnexClient } from 'knex';
import { ChangeEngine } from '../changes/changeEngine';
import { ChangeTracker } from '../changes/changeTracker';
import { ChangeWriter } from '../changes/changeWriter';
import { DatabaseChangeJournal } from '../changes/databaseJournal';
import type { ChangeJournal } from '../changes/journal';
import type { FleetView, IntentEngine } from '../changes/types';
import { GitRepositories } from '../git';
import { TestGitHost } from './gitHost';
import { lineIntents } from './lineIntents';
import { silentLogger } from './silentLogger';

export { label, lineIntents, promote, upgrade } from './lineIntents';

/** How a test is set up. */
export interface ChangesHarnessOptions
  extends Partial<Parameters<typeof TestGitHost.start>[0]> {
  /** Connects a replica to the database. Default: SQLite in memory, shared by all. */
  connect?: () => KnexClient;
}

/** The change engine on a real Git host and a real database. */
export class ChangesHarness {
  readonly host: TestGitHost;
  readonly #others: string[];
  readonly #connect: () => KnexClient;
  readonly #clients = new Set<KnexClient>();
  readonly signals: string[] = [];
  /** Added to the time, so that tests need not wait. */
  skewMs = 0;

  static async start(
    options: ChangesHarnessOptions = {},
  ): Promise<ChangesHarness> {
    const { connect = sqlite(), ...hostOptions } = options;
    const files = new Map([
      ['clusters/a', 'env: dev\n'],
      ['clusters/b', 'env: prod\n'],
    ]);
    const host = await TestGitHost.start({ files, ...hostOptions });
    return new ChangesHarness(host, connect, options.others ?? []);
  }

  private constructor(
    host: TestGitHost,
    connect: () => KnexClient,
    others: string[],
  ) {
    this.host = host;
    this.#connect = connect;
    this.#others = others;
  }

  readonly now = () => new Date(Date.now() + this.skewMs);

  journal(): Promise<DatabaseChangeJournal> {
    const client = this.#connect();
    this.#clients.add(client);
    return DatabaseChangeJournal.create({
      database: { getClient: async () => client },
      now: this.now,
    });
  }

  /** A replica of the backend: an engine and a tracker of its own on the same host and database. */
  async replica(
    options: {
      token?: string;
      journal?: ChangeJournal;
      view?: FleetView;
      intents?: IntentEngine;
      branch?: string;
      /** Gets what engine, tracker and client log. */
      logger?: LoggerService;
    } = {},
  ) {
    const journal = options.journal ?? (await this.journal());
    const common = {
      intents: options.intents ?? lineIntents,
      journal,
      repositories: new GitRepositories({
        configs: ['fleet-gitops', ...this.#others].map(id => ({
          id,
          url: new URL(id, this.host.url).href,
          branch: options.branch ?? 'main',
          hubs: ['hub'],
        })),
        hosts: [
          this.host.client(
            options.token,
            options.logger && { logger: options.logger },
          ),
        ],
      }),
      view: options.view,
      logger: options.logger ?? silentLogger,
      onChange: (id: string) => void this.signals.push(id),
      now: this.now,
      sleep: async () => {},
    };
    const writer = new ChangeWriter(common);
    const engine = new ChangeEngine({ ...common, writer });
    /** What goes on by itself. */
    const goingOn: Promise<void>[] = [];
    const tracker = new ChangeTracker({
      ...common,
      onNextStage: id => void goingOn.push(engine.goOn(id)),
      refresh: id => engine.refresh(id),
    });
    return {
      journal,
      engine,
      tracker,
      settled: () => Promise.all(goingOn),
    };
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#clients].map(client => client.destroy()));
    await this.host.stop();
  }
}

function sqlite(): () => KnexClient {
  const client = Knex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  return () => client;
}
