import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import type { HubConnection } from './hubConnection';

const CONNECT_MS = 5_000;

/** An HTTP answer whose body has not been read yet. */
export interface HubResponse {
  status: number;
  /** Value of `Retry-After` in seconds, where the hub sent one. */
  retryAfter?: number;
  body: AsyncIterable<Uint8Array>;
}

/**
 * GET requests to one hub. Everything above it is tested with a scripted one.
 */
export interface HubTransport {
  get(
    pathAndQuery: string,
    signal: AbortSignal,
    headers?: Record<string, string>,
  ): Promise<HubResponse>;
  close(): Promise<void>;
}

/**
 * One keep-alive agent for each hub: a handful of connections, however many requests.
 *
 * @remarks
 * undici's own time limits are off, because a watch is silent for as long as nothing changes; the reflector's watchdog
 * limits every request instead.
 */
export function createHubTransport(connection: HubConnection): HubTransport {
  const dispatcher = createDispatcher(connection);
  const { url, token } = connection;

  return {
    async get(pathAndQuery, signal, headers = {}) {
      const bearer = token?.current();
      const answer = await request(`${url}${pathAndQuery}`, {
        dispatcher,
        signal,
        headers: {
          accept: 'application/json',
          'user-agent': 'backstage-fleet',
          ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
          ...headers,
        },
      });
      if (answer.statusCode === 401) token?.refused();
      const retryAfter = Number(answer.headers['retry-after']);
      return {
        status: answer.statusCode,
        retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
        body: answer.body,
      };
    },
    close: () => dispatcher.destroy(),
  };
}

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
  transport: HubTransport,
  told: (pathAndQuery: string, outcome: number | 'error') => void,
): HubTransport {
  return {
    async get(pathAndQuery, signal, headers) {
      try {
        const response = await transport.get(pathAndQuery, signal, headers);
        told(pathAndQuery, response.status);
        return response;
      } catch (error) {
        told(pathAndQuery, 'error');
        throw error;
      }
    },
    close: () => transport.close(),
  };
}
