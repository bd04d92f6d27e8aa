import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  badRequest,
  systemClock,
  type Clock,
  type ObjectStore,
} from '../objects';
import { isAllowed, type AccessToken, type User } from './access';
import { createAuthenticator } from './authentication';
import type { ApiContext, ResourceCall } from './context';
import { discover } from './discovery';
import {
  forbidden,
  notAcceptable,
  pageNotFound,
  resourceNotFound,
} from './errors';
import { FaultPlan } from './faults';
import { strikeFault } from './strikeFault';
import { negotiate } from './negotiation';
import { serveGet, serveList } from './read';
import { serveDelete, serveDeleteCollection } from './remove';
import {
  parseRequest,
  type PathRequest,
  type RequestInfo,
} from './requestInfo';
import { sendError, sendObject, sendText, setCommonHeaders } from './respond';
import { isReview, review } from './reviews';
import { routeResource } from './route';
import { systemTimers, type Timers } from './timers';
import { serveWatch } from './watch';
import { servePatch } from './patch';
import { serveCreate, serveUpdate } from './write';

export interface KubernetesApiOptions {
  store: ObjectStore;
  /** Who may do what. Requests without a token are anonymous and get 403. */
  tokens: AccessToken[];
  clock?: Clock;
  timers?: Timers;
  /** What goes wrong; nothing by default. */
  faults?: FaultPlan;
  random?: () => number;
}

/** Answers requests of Node's HTTP server; mount it at the root of a port. */
export type KubernetesApiHandler = (
  message: IncomingMessage,
  response: ServerResponse,
) => void;

async function serveResource(
  context: ApiContext,
  call: ResourceCall,
): Promise<void> {
  switch (call.info.verb) {
    case 'watch':
      return serveWatch(context, call);
    case 'list':
      return serveList(context, call);
    case 'get':
      return call.info.legacyWatch
        ? serveWatch(context, call)
        : serveGet(context, call);
    case 'create':
      return serveCreate(context, call);
    case 'update':
      return serveUpdate(context, call);
    case 'patch':
      return servePatch(context, call);
    case 'delete':
      return serveDelete(context, call);
    case 'deletecollection':
      return serveDeleteCollection(context, call);
    default:
      throw pageNotFound();
  }
}

function servePath(
  context: ApiContext,
  info: PathRequest,
  message: IncomingMessage,
  response: ServerResponse,
): void {
  if (/^\/(healthz|livez|readyz)(\/|$)/.test(info.path)) {
    sendText(message, response, 200, 'ok');
    return;
  }
  const found = discover(
    context.store,
    info.path,
    message.headers.host ?? 'localhost',
  );
  if (!found) {
    throw info.path.startsWith('/api/') ? resourceNotFound() : pageNotFound();
  }
  if (negotiate(message.headers.accept, true).as) throw notAcceptable(true);
  sendObject(message, response, 200, found);
}

/** Some clients build paths with an empty step; Go's router redirects these to the clean path. */
function redirectToCleanPath(
  message: IncomingMessage,
  response: ServerResponse,
  rawPath: string,
  search: string,
): boolean {
  const clean = rawPath.replace(/\/{2,}/g, '/');
  if (clean === rawPath) return false;
  const location = clean + search;
  response.statusCode = 307;
  response.removeHeader('Cache-Control');
  response.setHeader('Location', location);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  const escaped = location.replace(/&/g, '&amp;').replace(/"/g, '&#34;');
  response.end(
    message.method === 'GET'
      ? `<a href="${escaped}">Temporary Redirect</a>.\n\n`
      : undefined,
  );
  return true;
}

function decodePath(rawPath: string): string {
  try {
    return decodeURIComponent(rawPath);
  } catch {
    throw badRequest(`invalid URL escape in path ${JSON.stringify(rawPath)}`);
  }
}

/**
 * A Kubernetes API over HTTP for the objects of a store: what kubectl, Argo CD's clients and informers need.
 *
 * @remarks
 * Behaviour follows recordings of an API server (`testdata/`), which the contract tests replay. Not served: protobuf,
 * server-side apply, aggregated discovery, OpenAPI.
 */
export function createKubernetesApi(
  options: KubernetesApiOptions,
): KubernetesApiHandler {
  const { store } = options;
  const context: ApiContext = {
    store,
    clock: options.clock ?? systemClock,
    timers: options.timers ?? systemTimers,
    faults: options.faults ?? new FaultPlan(),
    random: options.random ?? Math.random,
  };
  const authenticate = createAuthenticator(options.tokens);

  async function serveAuthorized(
    message: IncomingMessage,
    response: ServerResponse,
    info: RequestInfo,
    query: URLSearchParams,
    user: User,
  ): Promise<void> {
    if (info.type === 'path') {
      servePath(context, info, message, response);
      return;
    }
    if (isReview(info)) {
      const reviewed = await review(info, user, message, context.clock);
      sendObject(message, response, 201, reviewed);
      return;
    }
    const resource = routeResource(store, info, message.method ?? 'GET');
    const representation = negotiate(message.headers.accept, resource.custom);
    await serveResource(context, {
      message,
      response,
      info,
      resource,
      query,
      user,
      representation,
    });
  }

  async function serve(
    message: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const [rawPath] = (message.url ?? '/').split('?', 1);
    const search = (message.url ?? '/').slice(rawPath.length);
    const query = new URLSearchParams(search);
    const path = decodePath(rawPath);
    const info = parseRequest(message.method ?? 'GET', path, query);
    const answered = await strikeFault(context, info, message, response);
    if (answered) return;
    const user = authenticate(message.headers);
    if (redirectToCleanPath(message, response, rawPath, search)) return;
    if (!isAllowed(user, info)) throw forbidden(user, info);
    await serveAuthorized(message, response, info, query, user);
  }

  return (message, response) => {
    setCommonHeaders(message, response);
    serve(message, response).catch(error =>
      sendError(message, response, error),
    );
  };
}
