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
  fleetChangeCreatePermission,
  fleetChangeOverridePermission,
  fleetChangeReadPermission,
  fleetChangeWritePermission,
  type Plan,
} from '@backstage-fleet/plugin-fleet-common';
import { type ChangeScope, decide, notAllowed } from '../permissions';
import type { ChangeAction } from './actions';
import { type Asker, requesterOf } from './asker';
import { audited } from './audited';
import type { ChangeEngine } from './changeEngine';
import type { ChangeJournal, JournaledChange } from './journal';
import type { ChangeRecord } from './types';

/** What {@link AuthorizedChanges} works with. */
export interface AuthorizedChangesOptions {
  engine: ChangeEngine;
  journal: ChangeJournal;
  permissions: PermissionsService;
  auditor: AuditorService;
}

const DEFAULT_LIMIT = 50;

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
    return this.#options.engine.plan(intent);
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
      const change = await this.#options.engine.act(
        id,
        action,
        requesterOf(credentials),
        await this.#write(credentials),
      );
      return { result: toChange(change), meta: { state: change.state } };
    });
  }

  async list(
    { credentials }: Asker,
    { service, limit = DEFAULT_LIMIT }: { service?: string; limit?: number },
  ): Promise<Change[]> {
    const visible = await this.#visible(credentials);
    const found = await this.#options.journal.list({ service, limit, visible });
    return found.map(toChange);
  }

  async get({ credentials }: Asker, id: string): Promise<Change> {
    const visible = await this.#visible(credentials);
    const change = await this.#options.journal.get(id);
    // Who may not see it is not told that it exists.
    if (!change || !visible(change)) {
      throw new NotFoundError(`There is no change ${id}.`);
    }
    return toChange(change);
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

  async #visible(
    credentials: BackstageCredentials,
  ): Promise<(change: ChangeRecord) => boolean> {
    const allows = await decide(
      this.#options.permissions,
      credentials,
      fleetChangeReadPermission,
      'see changes',
    );
    return change => allows(scopeOf(change));
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

/** A change of before scopes were kept concerns nothing that a rule could allow. */
function scopeOf({ scope, intent }: ChangeRecord): ChangeScope {
  const nothing = { owners: [], environments: [], regions: [], hubs: [] };
  return scope ?? { kind: intent.kind, ...nothing };
}

function describe({ kind, environments, regions }: ChangeScope): string {
  const where = [...environments, ...regions].filter(Boolean);
  return `ask for ${kind}${where.length ? ` in ${where.join(', ')}` : ''}`;
}

function toChange(change: JournaledChange): Change {
  const { intentKey, step, fallback, overrides, approved, scope, ...visible } =
    change;
  return { ...visible, ended: step === 'done' };
}
