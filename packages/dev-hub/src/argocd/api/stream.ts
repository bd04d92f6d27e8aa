import type { Request, Response } from 'express';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import {
  applications,
  type ObjectStore,
  type WatchEventType,
} from '../../objects';
import { selectFields } from './fields';
import { sent, value } from './listing';

const KEEP_ALIVE_MILLISECONDS = 15_000;

/**
 * Answers `/api/v1/stream/applications`: a line of JSON an event, or server-sent events where these are asked for.
 *
 * @returns a function that ends the stream
 */
export function streamApplications(
  store: ObjectStore,
  request: Request,
  response: Response,
  matches: (application: KubernetesObject) => boolean,
): () => void {
  const eventStream = /text\/event-stream/.test(request.headers.accept ?? '');
  const fields = value(request, 'fields');
  const since = Number(value(request, 'resourceVersion') ?? 0);
  response.setHeader(
    'Content-Type',
    eventStream ? 'text/event-stream' : 'application/json',
  );
  const send = (type: WatchEventType, application: KubernetesObject) => {
    const event = selectFields(
      { result: { type, application: sent(application) } },
      fields,
    );
    response.write(
      eventStream
        ? `data: ${JSON.stringify(event)} \n\n\n`
        : `${JSON.stringify(event)}\n`,
    );
  };
  const stop = store.watch(applications, {}, ({ type, object }) => {
    if (type === 'ADDED' && Number(object.metadata.resourceVersion) <= since) {
      return;
    }
    if (matches(object)) send(type, object);
  });
  const keepAlive = eventStream
    ? setInterval(() => response.write(':\n'), KEEP_ALIVE_MILLISECONDS)
    : undefined;
  const end = () => {
    stop();
    clearInterval(keepAlive);
  };
  response.on('close', end);
  return () => {
    end();
    response.end();
  };
}
