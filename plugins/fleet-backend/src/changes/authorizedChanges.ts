import type {
  AuditorService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  type Change,
  type ChangeRequest,
  type ChangeStage,
  fleetChangeCreatePermission,
  fleetChangeOverridePermission,
  fleetChangeReadPermission,
  fleetChangeWritePermission,
  type Plan,
} from '@backstage-fleet/plugin-fleet-common';
import type { GitRepositories } from '../git';
import { type ChangeScope, decide, notAllowed } from '../permissions';
import type { ChangeAction } from './actions';
import { admission } from './admission';
import { type Asker, requesterOf } from './asker';
import { audited } from './audited';
import type { ChangeEngine } from './changeEngine';
import {
  type ChangeListQuery,
  cursorBehind,
  readChangeQuery,
} from './changeQuery';
import { scopeOfChange } from './concerned';
import type {
  ChangeHead,
  ChangeJournal,
  ConcernedChange,
  JournaledChange,
} from './journal';
import type { StageRecord } from './types';

/** What {@link AuthorizedChanges} works with. */
export interface AuthorizedChangesOptions {
  engine: ChangeEngine;
  journal: ChangeJournal;
  permissions: PermissionsService;
  auditor: AuditorService;
  /** Tells hubs with clusters of the same name apart. */
  repositories?: Pick<GitRepositories, 'configs'>;
}

/**
 * Changes as far as somebody may see and make them, every mutation audited. Routes and actions for agents both go through
 * here.
 */
export class AuthorizedChanges {
  readonly #options: AuthorizedChangesOptions;

  constructor(options: AuthorizedChangesOptions) {
    this.#options = options;
  }

  async plan({ credentials }: Asker, intent: unknown): Promise<Plan> {
    await this.#allow(credentials, fleetChangeCreatePermission, 'plan changes');
    return this.#options.engine.plan(
      intent,
      await admission(this.#options.permissions, credentials),
    );
  }

  async create(
    { credentials, request }: Asker,
    order: ChangeRequest,
  ): Promise<{ change: Change; written: boolean }> {
    const { intent, mode, dryRun, overrides } = order;
    const event = await this.#options.auditor.createEvent({
      eventId: 'change-create',
      severityLevel: dryRun ? 'low' : 'medium',
      request,
      meta: {
        kind: intent.kind,
        parameters: intent.parameters as any,
        repository: intent.repository,
        mode: mode ?? 'auto',
        dryRun: dryRun ?? false,
        overrides: overrides as any,
      },
    });
    return audited(event, async () => {
      await this.#allow(
        credentials,
        fleetChangeCreatePermission,
        'change the fleet',
      );
      if (overrides?.length) {
        await this.#allow(
          credentials,
          fleetChangeOverridePermission,
          'override guards',
        );
      }
      const { change, written } = await this.#options.engine.create({
        ...order,
        requester: requesterOf(credentials),
        authorize: await this.#write(credentials),
        admit: await admission(this.#options.permissions, credentials),
      });
      return {
        result: { change: toChange(change), written },
        meta: {
          change: change.id,
          state: change.state,
          commit: change.commit?.sha,
          pullRequest: change.pullRequest?.url,
        },
      };
    });
  }

  async act(
    { credentials, request }: Asker,
    id: string,
    action: ChangeAction,
  ): Promise<Change> {
    const event = await this.#options.auditor.createEvent({
      eventId: 'change-act',
      severityLevel: 'medium',
      request,
      meta: { change: id, action },
    });
    return audited(event, async () => {
      await this.#allow(
        credentials,
        fleetChangeCreatePermission,
        `${action} changes`,
      );
      const authorize = await this.#write(credentials);
      const { head } = await this.look({ credentials }, id);
      authorize(scopeOfChange(head));
      const change = await this.#options.engine.act(
        id,
        action,
        requesterOf(credentials),
        authorize,
      );
      return { result: toChange(change), meta: { state: change.state } };
    });
  }

  /** Changes that somebody may see. Their plans have no diffs, which would make the list big. */
  async list(
    { credentials }: Asker,
    query: ChangeListQuery,
  ): Promise<{ items: Change[]; total: number; nextCursor?: string }> {
    const { journal, repositories } = this.#options;
    const { filter, order, after, limit } = readChangeQuery(query, hub => {
      const ids = repositories?.configs
        .filter(({ hubs }) => hubs.includes(hub))
        .map(({ id }) => id);
      return ids?.length ? ids : undefined;
    });
    const visible = await this.#visible(credentials);
    const selection = { ...filter, visible };
    const [found, total] = await Promise.all([
      journal.list({ ...selection, order, after, limit: limit + 1 }),
      journal.count(selection),
    ]);
    const items = found.slice(0, limit).map(toChange);
    return {
      items: items.map(withoutDiffs),
      total,
      nextCursor:
        found.length > limit
          ? cursorBehind(items[items.length - 1], order)
          : undefined,
    };
  }

  async get(asker: Asker, id: string): Promise<Change> {
    return (await this.look(asker, id)).change();
  }

  /**
   * Looks whether somebody may see a change, without reading it whole.
   *
   * @returns what differs after everything that was written to the change, and what reads it
   * @throws NotFoundError where there is none; who may not see it is not told that it exists
   */
  async look(
    { credentials }: Asker,
    id: string,
  ): Promise<{ tag: string; head: ChangeHead; change(): Promise<Change> }> {
    const { journal } = this.#options;
    const visible = await this.#visible(credentials);
    const absent = () => new NotFoundError(`There is no change ${id}.`);
    const head = await journal.head(id);
    if (!head || visible?.(head) === false) throw absent();
    return {
      tag: `${id} ${head.version}`,
      head,
      async change() {
        const change = await journal.get(id);
        if (!change) throw absent();
        return toChange(change);
      },
    };
  }

  async #allow(
    credentials: BackstageCredentials,
    permission: BasicPermission,
    what: string,
  ): Promise<void> {
    const [decision] = await this.#options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw notAllowed(permission, what);
    }
  }

  /** Which changes somebody may see; `undefined` for all. */
  async #visible(
    credentials: BackstageCredentials,
  ): Promise<((change: ConcernedChange) => boolean) | undefined> {
    const allows = await decide(
      this.#options.permissions,
      credentials,
      fleetChangeReadPermission,
      'see changes',
    );
    return allows.unconditional
      ? undefined
      : change => allows(scopeOfChange(change));
  }

  async #write(
    credentials: BackstageCredentials,
  ): Promise<(scope: ChangeScope) => void> {
    const allows = await decide(
      this.#options.permissions,
      credentials,
      fleetChangeWritePermission,
      'change the fleet',
    );
    return scope => {
      if (!allows(scope)) {
        throw notAllowed(fleetChangeWritePermission, describe(scope));
      }
    };
  }
}

function describe({ kind, environments, regions }: ChangeScope): string {
  const where = [...environments, ...regions].filter(Boolean);
  return `ask for ${kind}${where.length ? ` in ${where.join(', ')}` : ''}`;
}

function toChange(change: JournaledChange): Change {
  const {
    intentKey,
    step,
    fallback,
    overrides,
    approved,
    scope,
    stages,
    ...visible
  } = change;
  return {
    ...visible,
    ...(stages && { stages: stages.map(toStage) }),
    ended: step === 'done',
  };
}

/** Without what the intent keeps in a stage for itself, such as the texts of files. */
function toStage({
  id,
  version,
  objects,
  files,
  ...visible
}: StageRecord): ChangeStage {
  return visible;
}

function withoutDiffs(change: Change): Change {
  const bare = <T extends { plan?: Plan }>(owner: T): T =>
    owner.plan
      ? {
          ...owner,
          plan: {
            ...owner.plan,
            edits: owner.plan.edits.map(edit => ({ ...edit, diff: '' })),
          },
        }
      : owner;
  return bare({ ...change, stages: change.stages?.map(bare) });
}
