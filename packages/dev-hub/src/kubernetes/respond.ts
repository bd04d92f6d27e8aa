import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzip } from 'node:zlib';
import { stringify } from 'yaml';
import { StatusError, internalError, type Status } from '../objects';
import { PlainTextError } from './errors';

/** Bodies over this size are compressed for clients that ask for it. */
const GZIP_THRESHOLD = 128 * 1024;
/** Go's HTTP server gives bodies up to this size a length and sends larger ones in chunks. */
const LENGTH_LIMIT = 2048;

// An API server names the priority level that a request was queued in; here there is one.
const FLOW_SCHEMA_UID = randomUUID();
const PRIORITY_LEVEL_UID = randomUUID();

/** Headers that every answer carries. */
export function setCommonHeaders(
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const auditId = request.headers['audit-id'];
  response.setHeader(
    'Audit-Id',
    typeof auditId === 'string' ? auditId : randomUUID(),
  );
  response.setHeader('Cache-Control', 'no-cache, private');
  response.setHeader('X-Kubernetes-Pf-Flowschema-Uid', FLOW_SCHEMA_UID);
  response.setHeader('X-Kubernetes-Pf-Prioritylevel-Uid', PRIORITY_LEVEL_UID);
}

function acceptsGzip(request: IncomingMessage): boolean {
  const header = String(request.headers['accept-encoding'] ?? '');
  return header
    .split(',')
    .some(part => part.trim().toLocaleLowerCase('en-US') === 'gzip');
}

/** Sends a body that is already written out. */
export function sendBody(
  request: IncomingMessage,
  response: ServerResponse,
  code: number,
  body: string,
): void {
  response.statusCode = code;
  const bytes = Buffer.from(body, 'utf8');
  const finish = (sent: Buffer) => {
    if (response.destroyed) return;
    response.end(request.method === 'HEAD' ? undefined : sent);
  };
  if (bytes.length > GZIP_THRESHOLD && acceptsGzip(request)) {
    gzip(bytes, { level: 1 }, (error, packed) => {
      if (error) {
        response.destroy(error);
        return;
      }
      response.setHeader('Content-Encoding', 'gzip');
      response.setHeader('Vary', 'Accept-Encoding');
      response.setHeader('Content-Length', packed.length);
      finish(packed);
    });
    return;
  }
  if (bytes.length <= LENGTH_LIMIT) {
    response.setHeader('Content-Length', bytes.length);
  } else {
    response.setHeader('Transfer-Encoding', 'chunked');
  }
  finish(bytes);
}

/** Sends an object as JSON with a final line feed, or as YAML. */
export function sendObject(
  request: IncomingMessage,
  response: ServerResponse,
  code: number,
  object: unknown,
  options: { yaml?: boolean; pretty?: boolean } = {},
): void {
  if (options.yaml) {
    response.setHeader('Content-Type', 'application/yaml');
    const sorted = stringify(object, { sortMapEntries: true, lineWidth: 0 });
    sendBody(request, response, code, sorted);
    return;
  }
  response.setHeader('Content-Type', 'application/json');
  const text = options.pretty
    ? JSON.stringify(object, undefined, 2)
    : JSON.stringify(object);
  sendBody(request, response, code, `${text}\n`);
}

export function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  code: number,
  text: string,
): void {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  sendBody(request, response, code, text);
}

/** The Status for anything that was thrown. */
export function statusOf(error: unknown): Status {
  if (error instanceof StatusError) return error.status;
  return internalError(
    `Internal error occurred: ${
      error instanceof Error ? error.message : String(error)
    }`,
  ).status;
}

export function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (error instanceof PlainTextError) {
    sendText(request, response, error.code, error.message);
    return;
  }
  const status = statusOf(error);
  if (status.code === 403) {
    response.setHeader('X-Content-Type-Options', 'nosniff');
  }
  if (status.details?.retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', String(status.details.retryAfterSeconds));
  }
  sendObject(request, response, status.code ?? 500, status);
}
