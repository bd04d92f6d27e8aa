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
  info?: unknown[],
): Application {
  return store.modify(applications, application.metadata, draft => {
    const syncOptions =
      operation.syncOptions ?? draft.spec.syncPolicy?.syncOptions;
    draft.operation = {
      sync: { ...operation, ...(syncOptions ? { syncOptions } : {}) },
      initiatedBy: { username },
      ...(info ? { info } : {}),
      retry: draft.spec.syncPolicy?.retry ?? {},
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
  const { source, sources } = application.spec;
  const wanted = source?.targetRevision;
  const asked = body?.revision || wanted;
  if (automated(application) && asked !== wanted) {
    throw new ApiError(
      9,
      `Cannot sync to ${asked}: auto-sync currently set to ${wanted}`,
    );
  }
  const compared = application.status?.sync?.revision;
  const operation = {
    revision: asked === wanted ? compared || asked : asked,
    ...(body?.prune ? { prune: true } : {}),
    ...(body?.dryRun ? { dryRun: true } : {}),
    ...(body?.strategy ? { syncStrategy: body.strategy } : {}),
    ...(body?.resources ? { resources: body.resources } : {}),
    ...(source ? { source } : {}),
    ...(sources ? { sources } : {}),
    ...(body?.syncOptions?.items
      ? { syncOptions: body.syncOptions.items }
      : {}),
  };
  return request(store, application, username, operation, body?.infos);
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
  const { namespace, name } = application.metadata;
  const id = Number(body?.id ?? 0);
  const history: any[] = application.status?.history ?? [];
  const entry = history.find(deployment => deployment.id === id);
  if (!entry) {
    throw new ApiError(
      3,
      `application ${namespace}/${name} does not have deployment with id ${id}`,
    );
  }
  return request(store, application, username, {
    revision: entry.revision,
    ...(body?.prune ? { prune: true } : {}),
    ...(body?.dryRun ? { dryRun: true } : {}),
    syncStrategy: { apply: {} },
    source: entry.source,
  });
}

/** `DELETE /applications/{name}/operation`: the controller ends what runs. */
export function terminate(store: ObjectStore, application: Application): void {
  if (!application.operation) {
    throw new ApiError(
      3,
      'Unable to terminate operation. No operation is in progress',
    );
  }
  store.modify(applications, application.metadata, draft => {
    const state = draft.status?.operationState;
    if (state) state.phase = 'Terminating';
    // The controller has not begun.
    else delete draft.operation;
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
