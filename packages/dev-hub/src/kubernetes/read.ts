import {
  expired,
  isStatus,
  parseFilter,
  tooLargeResourceVersion,
} from '../objects';
import type { ApiContext, ResourceCall } from './context';
import { encodeContinueToken } from './continueToken';
import {
  parseListQuery,
  parseResourceVersion,
  type ListQuery,
} from './listOptions';
import {
  representList,
  representObject,
  type ListMeta,
} from './representations';
import { sendObject } from './respond';
import { delay } from './timers';
import { FUTURE_VERSION_WAIT_MS } from './watch';

async function waitForVersion(
  { store, timers }: ApiContext,
  version: number,
): Promise<void> {
  if (version <= store.resourceVersion) return;
  await delay(timers, FUTURE_VERSION_WAIT_MS);
  if (version > store.resourceVersion) {
    throw tooLargeResourceVersion(version, store.resourceVersion);
  }
}

export function sendCall(call: ResourceCall, code: number, body: object): void {
  sendObject(call.message, call.response, code, body, {
    yaml: call.representation.format === 'yaml',
    pretty: call.query.get('pretty') === 'true',
  });
}

export async function serveGet(
  context: ApiContext,
  call: ResourceCall,
): Promise<void> {
  const { resource, info, representation, query } = call;
  const version = parseResourceVersion(
    query.get('resourceVersion') ?? undefined,
  );
  await waitForVersion(context, version);
  const object = context.store.get(resource, {
    name: info.name!,
    namespace: info.namespace,
  });
  sendCall(
    call,
    200,
    representObject(
      resource,
      object,
      representation,
      query,
      context.clock.now(),
    ),
  );
}

/** The version that must be read exactly; undefined when the newest will do. */
function exactVersion(query: ListQuery): number | undefined {
  const { continueToken, resourceVersion, resourceVersionMatch } = query;
  if (continueToken) {
    return continueToken.resourceVersion > 0
      ? continueToken.resourceVersion
      : undefined;
  }
  if (!resourceVersion || resourceVersion === '0') return undefined;
  const exact =
    resourceVersionMatch === 'Exact' ||
    (!resourceVersionMatch && query.limit !== undefined);
  return exact ? Number(resourceVersion) : undefined;
}

const INCONSISTENT_CONTINUE =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

export async function serveList(
  context: ApiContext,
  call: ResourceCall,
): Promise<void> {
  const { store } = context;
  const { resource, info, representation } = call;
  const query = parseListQuery(call.query, false);
  parseFilter(resource, query);
  const { continueToken } = query;
  const exact = exactVersion(query);
  await waitForVersion(context, exact ?? Number(query.resourceVersion ?? 0));
  // Keys in a token are relative to the namespace of the list.
  const prefix =
    resource.namespaced && info.namespace !== undefined
      ? `${info.namespace}/`
      : '';
  let list;
  try {
    list = store.list(resource, {
      namespace: info.namespace,
      labelSelector: query.labelSelector,
      fieldSelector: query.fieldSelector,
      limit: query.resourceVersion === '0' ? undefined : query.limit,
      startKey: continueToken && prefix + continueToken.startKey,
      resourceVersion: exact,
    });
  } catch (error) {
    if (!continueToken || !isStatus(error, 'Expired')) throw error;
    throw expired(
      INCONSISTENT_CONTINUE,
      encodeContinueToken({
        resourceVersion: -1,
        startKey: continueToken.startKey,
      }),
    );
  }
  const metadata: ListMeta = {
    resourceVersion: String(list.resourceVersion),
    ...(list.nextKey === undefined
      ? {}
      : {
          continue: encodeContinueToken({
            resourceVersion: list.resourceVersion,
            startKey: list.nextKey.slice(prefix.length),
          }),
          ...(list.remainingItemCount !== undefined
            ? { remainingItemCount: list.remainingItemCount }
            : {}),
        }),
  };
  sendCall(
    call,
    200,
    representList(
      resource,
      list.items,
      metadata,
      representation,
      call.query,
      context.clock.now(),
    ),
  );
}
