import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import type { HubConnection } from './hubConnection';
import type { KubernetesPlugin } from './kubernetesPlugin';

const CONNECT_MS = 5_000;

/** An HTTP answer whose body has not been read yet. */
export interface HubResponse {
  status: number;
  /** Value of `Retry-After` in seconds, where the hub sent one. */
  retryAfter?: number;
  body: AsyncIterable<Uint8Array>;
}

/**
 * GET requests to one hub: what only reads is given nothing else. Everything above it is tested with a scripted one.
 */
export interface HubTransport {
  /** The beginning of an answer comes only with its first bytes, which may be long after a watch was opened. */
  answersLate?: boolean;
  get(
    pathAndQuery: string,
    signal: AbortSignal,
    headers?: Record<string, string>,
  ): Promise<HubResponse>;
  close(): Promise<void>;
}

/** A request to a hub that changes something. */
export interface HubWrite {
  method: 'PATCH' | 'POST';
  pathAndQuery: string;
  contentType: string;
  /** Sent as JSON. */
  body: unknown;
}

/** Requests to a hub that is not read-only. */
export interface WritingHubTransport extends HubTransport {
  send(write: HubWrite, signal: AbortSignal): Promise<HubResponse>;
}

/**
 * One keep-alive agent for each hub: a handful of connections, however many requests.
 *
 * @remarks
 * undici's own time limits are off, because a watch is silent for as long as nothing changes; the reflector's watchdog
 * limits every request instead.
 *
 * @param plugin - needed for hubs that are reached through the Kubernetes plugin
 */
export function createHubTransport(
  connection: HubConnection,
  plugin?: KubernetesPlugin,
): WritingHubTransport {
  const dispatcher = createDispatcher(connection);
  const { throughPlugin, token } = connection;

  async function address() {
    const bearer = token?.current();
    if (throughPlugin) {
      if (!plugin) throw new Error('There is no Kubernetes plugin to ask');
      return plugin.address(throughPlugin.cluster, bearer);
    }
    const headers: Record<string, string> = bearer
      ? { authorization: `Bearer ${bearer}` }
      : {};
    return { url: connection.url, headers };
  }

  async function ask(
    pathAndQuery: string,
    signal: AbortSignal,
    options: {
      method: 'GET' | HubWrite['method'];
      headers: Record<string, string>;
      body?: string;
    },
  ): Promise<HubResponse> {
    const { url, headers } = await address();
    const answer = await request(`${url}${pathAndQuery}`, {
      dispatcher,
      signal,
      ...options,
      headers: {
        accept: 'application/json',
        'user-agent': 'backstage-fleet',
        ...headers,
        ...options.headers,
      },
    });
    if (answer.statusCode === 401) token?.refused();
    const retryAfter = Number(answer.headers['retry-after']);
    return {
      status: answer.statusCode,
      retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
      body: answer.body,
    };
  }

  return {
    // The proxy holds the status and headers back until there is something of the body.
    answersLate: throughPlugin !== undefined,
    get: (pathAndQuery, signal, headers = {}) =>
      ask(pathAndQuery, signal, { method: 'GET', headers }),
    send: ({ method, pathAndQuery, contentType, body }, signal) =>
      ask(pathAndQuery, signal, {
        method,
        headers: { 'content-type': contentType },
        body: JSON.stringify(body),
      }),
    close: () => dispatcher.destroy(),
  };
}

/** A transport that asks nobody else for a hub. */
export const directTransport = (
  connection: HubConnection,
): WritingHubTransport => createHubTransport(connection);

function createDispatcher(connection: HubConnection): Dispatcher {
  const tls = {
    ca: connection.ca,
    cert: connection.clientCertificate?.cert,
    key: connection.clientCertificate?.key,
    rejectUnauthorized: !connection.skipTlsVerify,
  };
  const options = {
    keepAliveTimeout: 60_000,
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  if (connection.proxyUrl) {
    return new ProxyAgent({
      ...options,
      uri: connection.proxyUrl,
      requestTls: { ...tls, timeout: CONNECT_MS },
    });
  }
  return new Agent({ ...options, connect: { ...tls, timeout: CONNECT_MS } });
}

/** The same transport, of whose requests somebody is told. */
export function meteredTransport(
  transport: WritingHubTransport,
  told: (pathAndQuery: string, outcome: number | 'error') => void,
): WritingHubTransport {
  async function metered(
    pathAndQuery: string,
    ask: () => Promise<HubResponse>,
  ): Promise<HubResponse> {
    try {
      const response = await ask();
      told(pathAndQuery, response.status);
      return response;
    } catch (error) {
      told(pathAndQuery, 'error');
      throw error;
    }
  }
  return {
    answersLate: transport.answersLate,
    get: (pathAndQuery, signal, headers) =>
      metered(pathAndQuery, () => transport.get(pathAndQuery, signal, headers)),
    send: (write, signal) =>
      metered(write.pathAndQuery, () => transport.send(write, signal)),
    close: () => transport.close(),
  };
}
