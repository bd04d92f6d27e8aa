import type { Application } from '@backstage-fleet/plugin-fleet-gitops';
import { applications, type ObjectStore } from '../../objects';
import { ApiError } from './ApiError';

function refuseWhileRunning(application: Application) {
  if (application.operation) {
    throw new ApiError(9, 'another operation is already in progress');
  }
}

function automated(application: Application): boolean {
  const policy = application.spec.syncPolicy?.automated;
  return policy !== undefined && policy !== null && policy.enabled !== false;
}

function request(
  store: ObjectStore,
  application: Application,
  username: string,
  operation: Record<string, unknown>,
): Application {
  return store.modify(applications, application.metadata, draft => {
    draft.operation = {
      initiatedBy: { username },
      retry: draft.spec.syncPolicy?.retry ?? {},
      sync: operation,
    };
    delete draft.status?.operationState;
  });
}

/** `POST /applications/{name}/sync`. */
export function sync(
  store: ObjectStore,
  application: Application,
  username: string,
  body: any,
): Application {
  refuseWhileRunning(application);
  const wanted = application.spec.source?.targetRevision;
  if (body?.revision && automated(application) && body.revision !== wanted) {
    throw new ApiError(
      9,
      `Cannot sync to ${body.revision}: auto-sync currently set to ${wanted}`,
    );
  }
  return request(store, application, username, {
    revision: body?.revision || application.status?.sync?.revision || wanted,
    ...(body?.prune ? { prune: true } : {}),
    ...(body?.dryRun ? { dryRun: true } : {}),
    ...(body?.resources ? { resources: body.resources } : {}),
  });
}

/** `POST /applications/{name}/rollback`. */
export function rollback(
  store: ObjectStore,
  application: Application,
  username: string,
  body: any,
): Application {
  refuseWhileRunning(application);
  if (automated(application)) {
    throw new ApiError(
      9,
      'rollback cannot be initiated when auto-sync is enabled',
    );
  }
  const history: any[] = application.status?.history ?? [];
  const entry = history.find(({ id }) => id === Number(body?.id ?? 0));
  if (!entry) {
    throw new ApiError(
      3,
      `application ${
        application.metadata.name
      } does not have deployment with id ${body?.id ?? 0}`,
    );
  }
  return request(store, application, username, {
    revision: entry.revision,
    source: entry.source,
    ...(body?.prune ? { prune: true } : {}),
  });
}

/** `?refresh=normal` of a GET. */
export function refresh(
  store: ObjectStore,
  application: Application,
  kind: string,
): Application {
  return store.modify(applications, application.metadata, draft => {
    draft.metadata.annotations = {
      ...draft.metadata.annotations,
      'argocd.argoproj.io/refresh': kind,
    };
  });
}
