import { ConflictError } from '@backstage/errors';
import type { GitRepository } from '@backstage-fleet/plugin-fleet-node';
import {
  GitRepositories,
  HeadMovedError,
  isHeadMovedError,
  isMergeConflictError,
  isProtectedBranchError,
  RepositoryConfig,
} from '../git';
import { checkGuards, GuardStopError } from './guards';
import { growth, sameEffect } from './growth';
import type { ChangeJournal } from './journal';
import { commitMessage, pullRequestBody } from './messages';
import { proposeMove, writeMove } from './moves';
import {
  findAfterLostAnswer,
  findLanded,
  merged,
  OutcomeUnknownError,
  proposed,
  Written,
} from './outcomes';
import { Preview, previewIntent, PreviewOptions } from './preview';
import { movesReference } from './references';
import { RerunOptions, Reruns } from './reruns';
import { beyondScope } from './scope';
import { attribution, currentPlan, currentStage, withStage } from './stages';
import type { ChangePatch, ChangeRecord } from './types';

/** What the writer works with. */
export interface ChangeWriterOptions extends PreviewOptions, RerunOptions {
  repositories: GitRepositories;
  journal: ChangeJournal;
  /** Called after each step that was journaled. */
  onChange(id: string): void;
}

/**
 * Brings one journaled change into Git exactly once.
 *
 * @remarks
 * The journal is written before and after; between the two, Git itself is the record: a commit carries the change's id
 * as a trailer, a pull request is found by its branch. So whoever goes on after a crash looks there first.
 */
export class ChangeWriter {
  readonly #options: ChangeWriterOptions;

  constructor(options: ChangeWriterOptions) {
    this.#options = options;
  }

  /** Writes a change. A preview that was just made on the current head spares another. */
  write(
    record: ChangeRecord,
    config: RepositoryConfig,
    preview?: Preview,
  ): Promise<void> {
    return this.#journaled(record, async () => {
      const repository = await this.#options.repositories.open(config);
      return this.#untilLanded(record, config, repository, preview);
    });
  }

  /** Goes on with a change of which it is not known how far it came. */
  resume(record: ChangeRecord, config: RepositoryConfig): Promise<void> {
    return this.#journaled(record, async () => {
      const repository = await this.#options.repositories.open(config);
      // Only the files say which branch or tag it was.
      const move = movesReference(record.intent)
        ? (await this.#preview(record, config, repository)).move
        : undefined;
      const landed = await findLanded(record, config, repository, move);
      return landed ?? this.#untilLanded(record, config, repository);
    });
  }

  /** Brings an open pull request up to date with its base. The change stays proposed whatever goes wrong. */
  async refresh(record: ChangeRecord, config: RepositoryConfig): Promise<void> {
    const { journal, onChange } = this.#options;
    const repository = await this.#options.repositories.open(config);
    const preview = await this.#preview(record, config, repository);
    const { patch, entry } = await this.#refreshed(
      record,
      config,
      repository,
      preview,
    );
    if (entry) {
      if (await journal.advance(record.id, record.state, patch, entry)) {
        onChange(record.id);
      }
    } else {
      // The branch moved, and the change does what it did before.
      await journal.update(record.id, patch);
    }
  }

  async #refreshed(
    record: ChangeRecord,
    config: RepositoryConfig,
    repository: GitRepository,
    preview: Preview,
  ): Promise<Pick<Written, 'patch'> & Partial<Written>> {
    const { head, applied, plan } = preview;
    const number = record.pullRequest?.number;
    if (applied.changes.size === 0) {
      return {
        patch: { state: 'superseded', step: 'done' },
        entry: {
          state: 'superseded',
          message: `${config.branch} says it meanwhile: pull request #${number} is no longer needed`,
          url: head.url,
        },
      };
    }
    const { commit } = await repository.ensurePullRequest({
      base: config.branch,
      baseSha: head.sha,
      branch: record.branch ?? applied.branch,
      changes: applied.changes,
      message: commitMessage(applied.commitMessage, attribution(record)),
      title: applied.title,
      body: pullRequestBody(plan, attribution(record)),
    });
    const grown = growth(plan, record.approved ?? []);
    // Empty text takes the note away again.
    const patch = {
      ...withStage(record, { plan, commit }),
      grown: grown ?? '',
    };
    if (sameEffect(plan, currentPlan(record))) return { patch };
    return {
      patch,
      entry: {
        state: record.state,
        message: `${config.branch} moved: ${plan.summary}${
          grown ? `. ${grown}` : ''
        }`,
        url: head.url,
      },
    };
  }

  #preview(
    record: ChangeRecord,
    config: RepositoryConfig,
    repository: GitRepository,
  ): Promise<Preview> {
    const stage = currentStage(record);
    const { intent } = record;
    return previewIntent(this.#options, intent, config, repository, { stage });
  }

  async #journaled(
    record: ChangeRecord,
    write: () => Promise<Written>,
  ): Promise<void> {
    const { journal, onChange } = this.#options;
    let written: Written;
    try {
      written = await write();
    } catch (error) {
      await this.#journalFailure(record, error as Error);
      onChange(record.id);
      throw error;
    }
    // Where this fails the step stays "write", and resuming finds what is in Git.
    // The stage's plan may have been written meanwhile.
    const current = record.stages && (await journal.get(record.id));
    await journal.update(
      record.id,
      withStage(current ?? record, written.patch),
      written.entry,
    );
    onChange(record.id);
  }

  async #journalFailure(record: ChangeRecord, error: Error): Promise<void> {
    const { journal } = this.#options;
    const { message } = error;
    if (error instanceof OutcomeUnknownError) {
      // Its step stays, so it is finished as soon as the host answers.
      await journal.update(record.id, {}, { state: record.state, message });
      return;
    }
    // An adopted pull request is still open, whatever went wrong while it was refreshed.
    if (record.state === 'proposed') return;
    const state = error instanceof GuardStopError ? 'stopped' : 'failed';
    await journal.update(
      record.id,
      { state, step: 'done', error: message },
      { state, message },
    );
  }

  async #untilLanded(
    record: ChangeRecord,
    config: RepositoryConfig,
    repository: GitRepository,
    first?: Preview,
  ): Promise<Written> {
    const { journal } = this.#options;
    let preview = first;
    let { mode } = record;
    const reruns = new Reruns(config, this.#options);
    for (;;) {
      if (!preview) {
        preview = await this.#preview(record, config, repository);
        reruns.onto(preview.head);
        if (preview.applied.changes.size === 0) {
          return this.#nothingLeft(record, config, repository, preview);
        }
        checkScope(record, preview);
        checkGuards(preview.plan, record.overrides);
        await journal.update(record.id, planned(record, preview));
      }
      try {
        return mode === 'pull-request'
          ? await this.#propose(record, config, repository, preview)
          : await this.#commit(record, config, repository, preview);
      } catch (error) {
        if (
          (isProtectedBranchError(error) || isMergeConflictError(error)) &&
          record.fallback &&
          mode !== 'pull-request'
        ) {
          mode = 'pull-request';
          await journal.update(record.id, { mode });
          continue;
        }
        if (isHeadMovedError(error)) {
          await reruns.overtaken();
          preview = undefined;
          continue;
        }
        const landed = await findAfterLostAnswer(
          record,
          config,
          repository,
          error,
          preview.move,
        );
        if (landed) return landed;
        throw error;
      }
    }
  }

  async #commit(
    record: ChangeRecord,
    config: RepositoryConfig,
    repository: GitRepository,
    preview: Preview,
  ): Promise<Written> {
    const { head, applied, move } = preview;
    if (move)
      return (
        (await writeMove(record, config, repository, preview, move)) ??
        this.#nothingLeft(record, config, repository, preview)
      );
    const commit = await repository.commitToBranch({
      branch: config.branch,
      base: head.sha,
      changes: applied.changes,
      message: commitMessage(applied.commitMessage, attribution(record)),
    });
    return merged(config, commit, { mode: 'commit', branch: config.branch });
  }

  async #propose(
    record: ChangeRecord,
    config: RepositoryConfig,
    repository: GitRepository,
    preview: Preview,
  ): Promise<Written> {
    const { head, applied, plan, move } = preview;
    if (move) return proposeMove(record, repository, preview, move);
    const by = attribution(record);
    // A branch whose pull request was merged, and whose effect was undone since, is not used a second time.
    for (let turn = 1; ; turn += 1) {
      const branch = turn === 1 ? applied.branch : `${applied.branch}-${turn}`;
      const { pullRequest, commit, adopted } =
        await repository.ensurePullRequest({
          base: config.branch,
          baseSha: head.sha,
          branch,
          changes: applied.changes,
          message: commitMessage(applied.commitMessage, by),
          title: applied.title,
          body: pullRequestBody(plan, by),
        });
      if (pullRequest.state === 'open') {
        return proposed(branch, pullRequest, commit, adopted);
      }
      if (pullRequest.state === 'closed') {
        throw new ConflictError(
          `Pull request #${pullRequest.number} for the same change was closed without a merge: reopen it at ${pullRequest.url}.`,
        );
      }
      const { sha } = await repository.resolve(config.branch);
      // The merge came between reading the head and now: on the new head there may be nothing left to do.
      if (sha !== head.sha)
        throw new HeadMovedError(`${config.branch} moved meanwhile`);
    }
  }

  /** The branch says it already: by this change's own commit, or by somebody else's. */
  async #nothingLeft(
    record: ChangeRecord,
    config: RepositoryConfig,
    repository: GitRepository,
    { head, plan, move }: Preview,
  ): Promise<Written> {
    const landed = await findLanded(record, config, repository, move);
    if (landed) return landed;
    if (currentStage(record)) {
      // The next stage may still have something to write.
      return {
        patch: { state: 'merged', step: 'follow', plan },
        entry: {
          state: 'merged',
          message: `${config.branch} says it meanwhile: nothing was written in this stage`,
          url: head.url,
        },
      };
    }
    return {
      patch: { state: 'unchanged', step: 'done', plan },
      entry: {
        state: 'unchanged',
        message: `${config.branch} says it meanwhile: nothing was written`,
        url: head.url,
      },
    };
  }
}

function checkScope({ scope }: ChangeRecord, preview: Preview): void {
  const beyond = scope ? beyondScope(scope, preview.scope) : [];
  if (beyond.length === 0) return;
  throw new ConflictError(
    `Since it was asked for, this change came to concern more (${beyond.join(
      ', ',
    )}): look at its plan and ask for it again. Nothing more was written.`,
  );
}

/** The plan on a new head: that of the stage under way, or of the whole change. */
function planned(
  record: ChangeRecord,
  { applied, plan }: Preview,
): ChangePatch {
  return currentStage(record)
    ? withStage(record, { plan })
    : { plan, title: applied.title };
}
