import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  ChangeMode,
  GuardOverride,
  Plan,
  TypedIntent,
} from '@backstage-fleet/plugin-fleet-common';
import { GitRepositories, RepositoryConfig } from '../git';
import { actOn, ChangeAction } from './actions';
import { ChangeWriter } from './changeWriter';
import { chooseRepository } from './chooseRepository';
import { checkClusters, withoutHubs } from './clusterHubs';
import { checkGuards } from './guards';
import { intentKey } from './intentKey';
import type { ChangeJournal, JournaledChange } from './journal';
import { KeyedMutex } from './keyedMutex';
import { labelKeys, Preview, previewIntent, PreviewOptions } from './preview';
import { Admit, reachOfIntent } from './reach';
import { applicationKey } from './growth';
import { branchOf, movesReference } from './references';
import { currentPlan } from './stages';
import type { ChangeScope } from '../permissions';
import type { ChangeRecord } from './types';

/** A request for a change, already authorized. */
export interface ChangeOrder {
  /** As it came; it is checked here. */
  intent: unknown;
  mode?: ChangeMode;
  dryRun?: boolean;
  reason?: string;
  overrides?: GuardOverride[];
  /** Entity ref of who asks. */
  requester?: string;
  /** Throws where who asks may not make a change that concerns this. */
  authorize?(scope: ChangeScope): void;
  /** Throws where who asks may not see what its plan tells of. */
  admit?: Admit;
}

/** A change, and whether this request wrote it. */
export interface OrderedChange {
  change: JournaledChange;
  written: boolean;
}

/** What the change engine works with. */
export interface ChangeEngineOptions extends PreviewOptions {
  repositories: GitRepositories;
  journal: ChangeJournal;
  writer: ChangeWriter;
  logger: LoggerService;
  /** Called after each step that was journaled here. */
  onChange?(id: string): void;
  now?: () => Date;
}

/** A change that nobody has touched for so long was left by a process that ended. */
const ABANDONED_AFTER_MS = 120_000;

/** Plans intents and writes them to Git, one at a time for each repository and branch. */
export class ChangeEngine {
  readonly #options: ChangeEngineOptions;
  readonly #now: () => Date;
  readonly #mutex = new KeyedMutex();

  constructor(options: ChangeEngineOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * What an intent would change. Writes nothing.
   *
   * @param admit - throws where who asks may not see what the plan tells of
   */
  async plan(intent: unknown, admit?: Admit): Promise<Plan> {
    const { typed, config } = this.#parse(intent, admit);
    return (await this.#preview(typed, config, admit)).plan;
  }

  /** Writes an intent to Git, unless Git already says it. */
  async create(order: ChangeOrder): Promise<OrderedChange> {
    const { typed, config } = this.#parse(order.intent, order.admit);
    if (order.dryRun) {
      const preview = await this.#preview(typed, config, order.admit);
      order.authorize?.(preview.scope);
      const state = preview.applied.changes.size ? 'planned' : 'unchanged';
      const record = this.#record(order, typed, config, preview, state);
      return {
        change: { ...record, timeline: [] },
        written: false,
      };
    }
    return this.#alone(config, async () => {
      const preview = await this.#preview(typed, config, order.admit);
      order.authorize?.(preview.scope);
      if (preview.applied.changes.size === 0) {
        return this.#unchanged(order, typed, config, preview);
      }
      checkGuards(preview.plan, order.overrides);
      return this.#write(order, typed, config, preview);
    });
  }

  /** Finishes what a process that ended left half done. */
  async resume(): Promise<void> {
    const { journal, logger } = this.#options;
    const before = new Date(this.#now().getTime() - ABANDONED_AFTER_MS);
    for (const record of await journal.claimAbandoned(before)) {
      logger.info(`Going on with change ${record.id}: ${record.title}`);
      try {
        const config = this.#options.repositories.config(record.repository);
        await this.#alone(config, () =>
          this.#options.writer.resume(record, config),
        );
      } catch (error) {
        // The writer has journaled why; the others go on.
        logger.warn(
          `Change ${record.id} could not be finished`,
          error as Error,
        );
      }
    }
  }

  /** Writes the stage that a change has come to. */
  async goOn(id: string): Promise<void> {
    const { journal, repositories, writer, logger } = this.#options;
    const record = await journal.get(id);
    if (record?.step !== 'write') return;
    const config = repositories.config(record.repository);
    try {
      await this.#alone(config, () => writer.resume(record, config));
    } catch (error) {
      // The writer has journaled why.
      logger.warn(`Change ${id} could not go on`, error as Error);
    }
  }

  /** Holds back the next stage of a change, goes on with it, or ends the change. */
  async act(
    id: string,
    action: ChangeAction,
    by?: string,
    authorize?: ChangeOrder['authorize'],
  ): Promise<JournaledChange> {
    const { journal } = this.#options;
    const record = await journal.get(id);
    if (!record) throw new NotFoundError(`There is no change ${id}.`);
    if (record.scope) authorize?.(record.scope);
    const { patch, entry } = actOn(record, action, by);
    if (!(await journal.advance(id, record.state, patch, entry))) {
      throw new ConflictError(
        `Change ${id} moved on meanwhile: look at it and try again.`,
      );
    }
    this.#options.onChange?.(id);
    return this.#get(id);
  }

  /**
   * Computes the plan of an open pull request again where its branch moved, and brings the pull request up to date.
   * Ends the change where the branch says it meanwhile.
   */
  async refresh(id: string): Promise<void> {
    const { journal, repositories, writer } = this.#options;
    const record = await journal.get(id);
    // A pull request between two branches has the branches' own content, whatever moves.
    if (record?.state !== 'proposed' || movesReference(record.intent)) return;
    const config = repositories.config(record.repository);
    const repository = await repositories.open(config);
    const { sha } = await repository.resolve(config.branch);
    if (sha === currentPlan(record).base?.sha) return;
    await this.#alone(config, () => writer.refresh(record, config));
  }

  #parse(
    intent: unknown,
    admit?: Admit,
  ): { typed: TypedIntent; config: RepositoryConfig } {
    const { repositories, view, guards, regionLabels } = this.#options;
    const { configs } = repositories;
    const parsed = this.#options.intents.parseIntent(intent);
    const plain = withoutHubs(parsed, configs, view);
    const typed = plain.intent;
    const named = [...plain.hubs.values()].map(({ hub }) => hub);
    try {
      const config =
        typed.repository === undefined
          ? chooseRepository(typed, configs, view, named)
          : repositories.config(typed.repository);
      checkClusters(plain, config, view);
      return { typed, config };
    } catch (error) {
      // The message tells which hubs have such clusters.
      const hubs = [...new Set(configs.flatMap(config => config.hubs))];
      const clusters = view?.hub(hubs)?.clusters ?? [];
      admit?.(
        reachOfIntent(typed, {
          clusters,
          hubs,
          view,
          ...labelKeys({ guards, regionLabels }),
        }),
      );
      throw error;
    }
  }

  async #preview(
    intent: TypedIntent,
    config: RepositoryConfig,
    admit?: Admit,
  ): Promise<Preview> {
    const repository = await this.#options.repositories.open(config);
    return previewIntent(this.#options, intent, config, repository, { admit });
  }

  /** Two replicas are kept apart by Git itself: the second finds that the head moved. */
  #alone<T>(config: RepositoryConfig, task: () => Promise<T>): Promise<T> {
    return this.#mutex.run(`${config.url}#${config.branch}`, task);
  }

  async #unchanged(
    order: ChangeOrder,
    intent: TypedIntent,
    config: RepositoryConfig,
    preview: Preview,
  ): Promise<OrderedChange> {
    const record = this.#record(order, intent, config, preview, 'unchanged');
    await this.#options.journal.insert(
      { ...record, step: 'done' },
      {
        state: 'unchanged',
        message: `${config.branch} already says it: nothing was written`,
        url: preview.head.url,
      },
    );
    return { change: await this.#get(record.id), written: false };
  }

  async #write(
    order: ChangeOrder,
    intent: TypedIntent,
    config: RepositoryConfig,
    preview: Preview,
  ): Promise<OrderedChange> {
    const { journal, repositories, writer } = this.#options;
    const repository = await repositories.open(config);
    const key = intentKey(config.id, intent);
    const asked = order.mode ?? 'auto';
    const proposed =
      asked === 'commit'
        ? undefined
        : await journal.findProposed(config.id, key);
    const mode =
      asked === 'auto' && proposed
        ? 'pull-request'
        : await chooseMode(asked, preview, () =>
            repository.protection(branchOf(config, preview.move)),
          );
    const record = proposed ?? {
      ...this.#record(order, intent, config, preview, 'planned'),
      mode,
    };
    if (proposed) {
      await journal.update(record.id, { adopted: true });
    } else {
      await journal.insert(record, {
        state: 'planned',
        message: preview.plan.sentence ?? preview.plan.summary,
      });
    }
    await writer.write(record, config, record.stages ? undefined : preview);
    return { change: await this.#get(record.id), written: !proposed };
  }

  #record(
    order: ChangeOrder,
    intent: TypedIntent,
    config: RepositoryConfig,
    { applied, plan, scope }: Preview,
    state: ChangeRecord['state'],
  ): ChangeRecord {
    const now = this.#now();
    return {
      id: randomUUID(),
      repository: config.id,
      intent,
      intentKey: intentKey(config.id, intent),
      title: applied.title,
      mode: order.mode ?? 'auto',
      fallback: (order.mode ?? 'auto') === 'auto',
      state,
      step: 'write',
      requester: order.requester,
      reason: order.reason?.trim() || undefined,
      overrides: order.overrides ?? [],
      plan,
      branch: applied.branch,
      adopted: false,
      scope,
      approved: plan.applications.map(applicationKey),
      ...(applied.stages && { stages: applied.stages, stage: 0 }),
      createdAt: now,
      updatedAt: now,
    };
  }

  async #get(id: string): Promise<JournaledChange> {
    const change = await this.#options.journal.get(id);
    if (!change) throw new ConflictError(`Change ${id} is gone`);
    return change;
  }
}

async function chooseMode(
  mode: ChangeMode,
  { move }: Preview,
  protection: () => Promise<{ protected: boolean }>,
): Promise<'commit' | 'pull-request'> {
  if (mode !== 'auto') return mode;
  if (move && 'moveTag' in move.operation) return 'commit';
  return (await protection()).protected ? 'pull-request' : 'commit';
}
