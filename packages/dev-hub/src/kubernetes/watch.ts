import { parseFilter, tooLargeResourceVersion } from '../objects';
import { scheduleBookmarks } from './bookmarks';
import { resetConnection } from './connection';
import type { ApiContext, ResourceCall } from './context';
import {
  parseListQuery,
  parseResourceVersion,
  type ListQuery,
} from './listOptions';
import { GARBAGE } from './strikeFault';
import { WatchStream } from './watchStream';

/** How long the server waits for a version from the future. */
export const FUTURE_VERSION_WAIT_MS = 3000;
/** Watches without a timeout of their own end after this time, up to twice as long. */
const MIN_REQUEST_TIMEOUT_MS = 1_800_000;

function follow(
  context: ApiContext,
  call: ResourceCall,
  stream: WatchStream,
  query: ListQuery,
  from: number | undefined,
): void {
  const { store } = context;
  const { resource, info } = call;
  let unsubscribe: () => void;
  try {
    unsubscribe = store.watch(
      resource,
      {
        namespace: info.namespace,
        labelSelector: query.labelSelector,
        fieldSelector: fieldSelectorOf(call, query),
        resourceVersion: from,
        onEnd: () => stream.end(),
      },
      event => stream.event(event),
    );
  } catch (error) {
    stream.fail(error);
    return;
  }
  stream.onEnd(unsubscribe);
  stream.goLive();
  if (query.allowWatchBookmarks) {
    if (query.sendInitialEvents) stream.bookmark(store.resourceVersion, true);
    stream.onEnd(
      scheduleBookmarks(context.timers, query.timeoutSeconds, () => {
        // A kind of which nothing ever changed has no version to tell.
        if (store.hasChanged(resource)) stream.bookmark(store.resourceVersion);
      }),
    );
  }
}

function fieldSelectorOf(
  { info }: ResourceCall,
  query: ListQuery,
): string | undefined {
  if (info.name === undefined) return query.fieldSelector;
  return [`metadata.name=${info.name}`, query.fieldSelector]
    .filter(Boolean)
    .join(',');
}

function obeyFaults(
  context: ApiContext,
  call: ResourceCall,
  stream: WatchStream,
): void {
  const target = { verb: 'watch', resource: call.resource.plural };
  stream.onEnd(
    context.faults.onChange(() => {
      const fault = context.faults.strike(target);
      if (fault?.kind === 'down') call.response.destroy();
      else if (fault?.kind === 'reset') {
        resetConnection(call.message.socket);
      } else if (fault?.kind === 'silent') stream.mute();
      else if (fault?.kind === 'expired') stream.expire();
      else if (fault?.kind === 'garbage') stream.raw(GARBAGE);
      else if (fault?.kind === 'half-page') stream.breakOff();
    }),
  );
}

/**
 * Answers a watch: changes from a version on, or from what exists now, until its timeout.
 *
 * Source: Kubernetes `apiserver/pkg/storage/cacher`, and "Efficient detection of changes" in the API concepts.
 */
export function serveWatch(context: ApiContext, call: ResourceCall): void {
  const { store, timers } = context;
  const query = parseListQuery(call.query, true);
  // Bad selectors are refused before the stream begins.
  parseFilter(call.resource, query);
  const version = parseResourceVersion(query.resourceVersion);
  const stream = new WatchStream(context, call);
  stream.open();
  const seconds = query.timeoutSeconds;
  if (
    (seconds !== undefined && seconds < 0) ||
    call.representation.as?.kind === 'PartialObjectMetadataList'
  ) {
    stream.end();
    return;
  }
  const timeout =
    seconds !== undefined
      ? seconds * 1000
      : MIN_REQUEST_TIMEOUT_MS * (1 + context.random());
  stream.onEnd(timers.after(timeout, () => stream.end()));
  obeyFaults(context, call, stream);
  if (query.sendInitialEvents) {
    if (version > store.resourceVersion) {
      stream.onEnd(
        timers.after(FUTURE_VERSION_WAIT_MS, () =>
          stream.fail(tooLargeResourceVersion(version, store.resourceVersion)),
        ),
      );
      return;
    }
    follow(context, call, stream, query, undefined);
    return;
  }
  const startsNow = version === 0 && query.sendInitialEvents === false;
  const fromState = version === 0 && !startsNow;
  follow(
    context,
    call,
    stream,
    query,
    fromState ? undefined : version || store.resourceVersion,
  );
}
