import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { TypedRouter } from '@backstage/backend-openapi-utils';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  Change,
  fleetChangeCreatePermission,
  fleetChangeOverridePermission,
  fleetChangeReadPermission,
} from '@backstage-fleet/plugin-fleet-common';
import type { EndpointMap } from '../schema/openapi';
import type { ChangeEngine } from './changeEngine';
import type { ChangeJournal, JournaledChange } from './journal';

/** What the routes work with. */
export interface ChangeRoutesOptions {
  engine: ChangeEngine;
  journal: ChangeJournal;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  auditor: AuditorService;
}

const DEFAULT_LIMIT = 50;

/** Adds `/plans` and `/changes` to the plugin's router. */
export function registerChangeRoutes(
  router: TypedRouter<EndpointMap>,
  options: ChangeRoutesOptions,
): void {
  const { engine, journal, httpAuth, permissions, auditor } = options;

  const allow = async (
    credentials: BackstageCredentials,
    permission: BasicPermission,
    what: string,
  ) => {
    const [decision] = await permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not ${what}: it needs the permission ${permission.name}.`,
      );
    }
  };
  const allowRead = async (credentials: BackstageCredentials) => {
    const [decision] = await permissions.authorizeConditional(
      [{ permission: fleetChangeReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not see changes: it needs the permission ${fleetChangeReadPermission.name}.`,
      );
    }
  };
  const authenticate = (
    request: Parameters<HttpAuthService['credentials']>[0],
  ) => httpAuth.credentials(request, { allow: ['user', 'service'] });

  router.post('/plans', async (request, response) => {
    const credentials = await authenticate(request);
    await allow(credentials, fleetChangeCreatePermission, 'plan changes');
    response.json(await engine.plan(request.body.intent));
  });

  router.post('/changes', async (request, response) => {
    const credentials = await authenticate(request);
    const { intent, mode, dryRun, reason, overrides } = request.body;
    const event = await auditor.createEvent({
      eventId: 'change-create',
      severityLevel: dryRun ? 'low' : 'medium',
      request: request as any,
      meta: {
        kind: intent.kind,
        parameters: intent.parameters,
        repository: intent.repository,
        mode: mode ?? 'auto',
        dryRun: dryRun ?? false,
        overrides: overrides as any,
      },
    });
    try {
      await allow(credentials, fleetChangeCreatePermission, 'change the fleet');
      if (overrides?.length) {
        await allow(
          credentials,
          fleetChangeOverridePermission,
          'override guards',
        );
      }
      const { change, written } = await engine.create({
        intent,
        mode,
        dryRun,
        reason,
        overrides,
        requester: requesterOf(credentials),
      });
      await event.success({
        meta: {
          change: change.id,
          state: change.state,
          commit: change.commit?.sha,
          pullRequest: change.pullRequest?.url,
        },
      });
      response.status(written ? 201 : 200).json(toChange(change));
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  });

  router.post('/changes/:id/actions/:action', async (request, response) => {
    const credentials = await authenticate(request);
    const { id, action } = request.params;
    const event = await auditor.createEvent({
      eventId: 'change-act',
      severityLevel: 'medium',
      request: request as any,
      meta: { change: id, action },
    });
    try {
      await allow(
        credentials,
        fleetChangeCreatePermission,
        `${action} changes`,
      );
      const change = await engine.act(id, action, requesterOf(credentials));
      await event.success({ meta: { state: change.state } });
      response.json(toChange(change));
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  });

  router.get('/changes', async (request, response) => {
    await allowRead(await authenticate(request));
    const { service, limit = DEFAULT_LIMIT } = request.query;
    const items = await journal.list({ service, limit: Number(limit) });
    response.json({ items: items.map(toChange) });
  });

  router.get('/changes/:id', async (request, response) => {
    await allowRead(await authenticate(request));
    const change = await journal.get(request.params.id);
    if (!change) {
      throw new NotFoundError(`There is no change ${request.params.id}.`);
    }
    response.json(toChange(change));
  });
}

/** Who asks, as an entity ref; services by their subject. */
function requesterOf(credentials: BackstageCredentials): string | undefined {
  const principal = credentials.principal as
    | { type: 'user'; userEntityRef: string }
    | { type: 'service'; subject: string }
    | { type: 'none' };
  if (principal.type === 'user') return principal.userEntityRef;
  return principal.type === 'service' ? principal.subject : undefined;
}

function toChange(change: JournaledChange): Change {
  const { intentKey, step, fallback, overrides, approved, ...visible } = change;
  return visible;
}
