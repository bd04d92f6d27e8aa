import { mockServices } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import type { Plan, TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import Knex, { Knex as KnexClient } from 'knex';
import { ChangeEngine } from '../changes/changeEngine';
import { ChangeTracker } from '../changes/changeTracker';
import { ChangeWriter } from '../changes/changeWriter';
import { DatabaseChangeJournal } from '../changes/databaseJournal';
import type { ChangeJournal } from '../changes/journal';
import type { FleetView, IntentEngine } from '../changes/types';
import { GitRepositories } from '../git';
import { TestGitHost } from './gitHost';

/**
 * Intents on files of `key: value` lines, so that the change engine is tested without the GitOps engine: `cluster.label`
 * sets lines of `clusters/<cluster>`.
 */
export const lineIntents: IntentEngine = {
  parseIntent(value) {
    const intent = value as TypedIntent;
    if (intent?.kind !== 'cluster.label') {
      throw new InputError('intent.kind must be cluster.label');
    }
    return intent;
  },
  applyIntent(intent, { files }) {
    const { cluster, labels } = intent.parameters as {
      cluster: string;
      labels: Record<string, string | null>;
    };
    const path = `clusters/${cluster}`;
    const before = files.get(path);
    if (before === undefined || before.includes('{{')) {
      throw new InputError(`${path} cannot be edited`);
    }
    const lines = new Map(
      before
        .split('\n')
        .filter(Boolean)
        .map(line => line.split(': ') as [string, string]),
    );
    for (const [key, value] of Object.entries(labels)) {
      if (value === null) lines.delete(key);
      else lines.set(key, value);
    }
    const after = [...lines]
      .map(([key, value]) => `${key}: ${value}\n`)
      .join('');
    return {
      changes: new Map(after === before ? [] : [[path, after]]),
      title: `Label ${cluster}`,
      commitMessage: `Label ${cluster}`,
      branch: `fleet/label/${cluster}-${Object.keys(labels).join('-')}`,
      touched: { services: [], clusters: [cluster] },
    };
  },
  planChanges({ changes, repository }): Plan {
    const stop = repository.files.has('stop') && changes.size > 0;
    return {
      evaluable: true,
      unchanged: changes.size === 0,
      summary: changes.size ? 'changes 1' : 'changes nothing',
      creates: 0,
      changes: changes.size,
      deletes: 0,
      applications: [...changes.keys()].map(path => ({
        action: 'change',
        name: path.replace('clusters/', 'app-'),
        namespace: 'argocd',
        cluster: path.replace('clusters/', ''),
        fields: [{ path: 'spec', before: 'a', after: 'b' }],
      })),
      edits: [...changes.keys()].map(path => ({
        path,
        action: 'update',
        diff: '',
      })),
      guards: stop
        ? [{ id: 'frozen', level: 'stop', message: 'The fleet is frozen.' }]
        : [],
    };
  },
};

/** Sets one label of one cluster. */
export function label(
  cluster: string,
  labels: Record<string, string | null>,
): TypedIntent {
  return { kind: 'cluster.label', parameters: { cluster, labels } };
}

/** The change engine on a real Git host and a real database. */
export class ChangesHarness {
  readonly host: TestGitHost;
  readonly knex: KnexClient;
  readonly signals: string[] = [];
  /** Added to the time, so that tests need not wait. */
  skewMs = 0;

  static async start(
    options: Partial<Parameters<typeof TestGitHost.start>[0]> = {},
  ): Promise<ChangesHarness> {
    const files = new Map([
      ['clusters/a', 'env: dev\n'],
      ['clusters/b', 'env: prod\n'],
    ]);
    const host = await TestGitHost.start({ files, ...options });
    const knex = Knex({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    return new ChangesHarness(host, knex);
  }

  private constructor(host: TestGitHost, knex: KnexClient) {
    this.host = host;
    this.knex = knex;
  }

  readonly now = () => new Date(Date.now() + this.skewMs);

  journal(): Promise<DatabaseChangeJournal> {
    return DatabaseChangeJournal.create({
      database: { getClient: async () => this.knex },
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
    } = {},
  ) {
    const journal = options.journal ?? (await this.journal());
    const common = {
      intents: options.intents ?? lineIntents,
      journal,
      repositories: new GitRepositories({
        configs: [
          {
            id: 'fleet-gitops',
            url: this.host.url,
            branch: options.branch ?? 'main',
            hubs: ['hub'],
          },
        ],
        hosts: [this.host.client(options.token)],
      }),
      view: options.view,
      logger: mockServices.logger.mock(),
      onChange: (id: string) => void this.signals.push(id),
      now: this.now,
      sleep: async () => {},
    };
    const writer = new ChangeWriter(common);
    return {
      journal,
      engine: new ChangeEngine({ ...common, writer }),
      tracker: new ChangeTracker(common),
    };
  }

  async stop(): Promise<void> {
    await this.knex.destroy();
    await this.host.stop();
  }
}
