import type { Request, Response } from 'express';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import {
  applications,
  applicationSets,
  type ObjectStore,
  type WatchEventType,
} from '../../objects';
import { unauthenticated } from './ApiError';
import { selectFields } from './fields';
import { sent, value } from './listing';

const KEEP_ALIVE_MILLISECONDS = 15_000;

function wantsEventStream(request: Request): boolean {
  return /text\/event-stream/.test(request.headers.accept ?? '');
}

/** Refuses a stream to somebody whom nobody knows: as an event where events are asked for. */
export function refuseStream(request: Request, response: Response): void {
  if (!wantsEventStream(request)) throw unauthenticated();
  const error = {
    grpc_code: 16,
    http_code: 401,
    message: unauthenticated().message,
    http_status: 'Unauthorized',
  };
  response.status(401).setHeader('Content-Type', 'text/event-stream');
  response.write(`data: ${JSON.stringify({ error })} \n\n`);
  response.end();
}

/** What can be streamed, with the name that an event has for it. */
export const STREAMS = {
  applications: { resource: applications, field: 'application' },
  applicationsets: { resource: applicationSets, field: 'applicationSet' },
} as const;

/**
 * Answers `/api/v1/stream/applications` and `/api/v1/stream/applicationsets`: a line of JSON an event, or server-sent events
 * where these are asked for. Headers go out with the first event, or with the first comment after a silence.
 *
 * Source: Argo CD `server/application/application.go` and `server/applicationset/applicationset.go`, Watch.
 */
export function streamObjects(options: {
  store: ObjectStore;
  request: Request;
  response: Response;
  kind: keyof typeof STREAMS;
  matches: (object: KubernetesObject) => boolean;
  keepAliveMilliseconds?: number;
}): void {
  const { store, request, response, matches } = options;
  const { resource, field } = STREAMS[options.kind];
  const silence = options.keepAliveMilliseconds ?? KEEP_ALIVE_MILLISECONDS;
  const eventStream = wantsEventStream(request);
  const fields = value(request, 'fields');
  const since = Number(value(request, 'resourceVersion') ?? 0);
  response.setHeader(
    'Content-Type',
    eventStream ? 'text/event-stream' : 'application/json',
  );
  const keepAlive = eventStream
    ? setInterval(() => response.write(':\n'), silence)
    : undefined;
  const send = (type: WatchEventType, object: KubernetesObject) => {
    const event = selectFields(
      { result: { type, [field]: sent(object) } },
      fields,
    );
    response.write(
      eventStream
        ? `data: ${JSON.stringify(event)} \n\n\n`
        : `${JSON.stringify(event)}\n`,
    );
    keepAlive?.refresh();
  };
  const stop = store.watch(resource, {}, ({ type, object }) => {
    if (type === 'ADDED' && Number(object.metadata.resourceVersion) <= since) {
      return;
    }
    if (matches(object)) send(type, object);
  });
  response.on('close', () => {
    stop();
    clearInterval(keepAlive);
  });
}
