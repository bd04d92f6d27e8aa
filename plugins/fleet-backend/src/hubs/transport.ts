import { Agent, request } from 'undici';

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
  get(pathAndQuery: string, signal: AbortSignal): Promise<HubResponse>;
  close(): Promise<void>;
}

/** Where a hub is and who we are to it. */
export interface HubConnection {
  /** Base URL of the Kubernetes API, may have a path. */
  url: string;
  token?: () => string | undefined;
  /** PEM certificates that sign the hub's certificate. */
  ca?: string;
  skipTlsVerify?: boolean;
}

/**
 * One keep-alive agent for each hub: a handful of connections, however many requests.
 *
 * @remarks
 * undici's own time limits are off, because a watch is silent for as long as nothing changes; the reflector's watchdog
 * limits every request instead.
 */
export function createHubTransport(connection: HubConnection): HubTransport {
  const agent = new Agent({
    keepAliveTimeout: 60_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: {
      timeout: 5_000,
      ca: connection.ca,
      rejectUnauthorized: !connection.skipTlsVerify,
    },
  });
  const base = connection.url.replace(/\/+$/, '');

  return {
    async get(pathAndQuery, signal) {
      const token = connection.token?.();
      const { statusCode, headers, body } = await request(
        `${base}${pathAndQuery}`,
        {
          dispatcher: agent,
          signal,
          headers: {
            accept: 'application/json',
            'user-agent': 'backstage-fleet',
            ...(token ? { authorization: `Bearer ${token}` } : {}),
          },
        },
      );
      const retryAfter = Number(headers['retry-after']);
      return {
        status: statusCode,
        retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
        body,
      };
    },
    close: () => agent.destroy(),
  };
}
