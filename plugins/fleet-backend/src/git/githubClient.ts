import { LoggerService } from '@backstage/backend-plugin-api';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import {
  classifyFailure,
  FailureContext,
  GitHubFailureKind,
  toBackstageError,
} from './failures';

/** What the throttling plugin says when a rate limit is reached; true asks it to wait and send again. */
type RateLimitHandler = (
  retryAfterSeconds: number,
  request: { url: string },
  octokit: unknown,
  retries: number,
) => boolean;

// The plugins' types name another copy of @octokit/core than @octokit/rest does.
type OctokitPlugin = Parameters<typeof Octokit.plugin>[0];
const ThrottledOctokit = Octokit.plugin(
  throttling as unknown as OctokitPlugin,
  retry as unknown as OctokitPlugin,
);

/** Waiting longer than this for a rate limit is worse for a person than an error that says until when. */
const LONGEST_RATE_LIMIT_WAIT_SECONDS = 30;
const REQUEST_TIMEOUT_MS = 30_000;

/** GitHub's REST API, throttled and retried. */
export type GitHubClient = Octokit;

/** How a client is made. */
export interface GitHubClientOptions {
  apiBaseUrl: string;
  /**
   * Whose rate limit is used, for example `github.com/acme`. The throttling plugin keeps one limiter for each id, and
   * one for the whole process where none is given.
   */
  limiterId: string;
  /** Asked before each request, because tokens of apps expire. */
  token: () => Promise<string | undefined>;
  logger: LoggerService;
  /** Send requests without pauses between writes. GitHub asks clients for 1 s; a host that has no limits does not. */
  unthrottled?: boolean;
  /** Milliseconds before a failed request is sent again, times 1, 4 and 9. Default 1000. */
  retryBaseMs?: number;
}

/** Makes a client for the repositories of one owner on one host. */
export function createGitHubClient(options: GitHubClientOptions): GitHubClient {
  const { logger } = options;
  const wait: RateLimitHandler = (seconds, { url }, _, retries) => {
    const waits = retries < 2 && seconds <= LONGEST_RATE_LIMIT_WAIT_SECONDS;
    logger.warn(
      `Rate limit of ${
        options.limiterId
      } reached at ${url}, free again in ${seconds} s${
        waits ? ', waiting' : ''
      }`,
    );
    return waits;
  };
  return new ThrottledOctokit({
    baseUrl: options.apiBaseUrl,
    userAgent: 'backstage-fleet',
    log: {
      debug: () => {},
      info: () => {},
      warn: message => logger.debug(message),
      error: message => logger.debug(message),
    },
    authStrategy: () => createAuthentication(options.token),
    throttle: {
      enabled: !options.unthrottled,
      id: options.limiterId,
      onRateLimit: wait,
      onSecondaryRateLimit: wait,
    },
    // 409 (the head moved) and 429 (the throttling plugin's) are decided elsewhere.
    retry: {
      doNotRetry: [400, 401, 403, 404, 405, 409, 410, 422, 429, 451],
      retryAfterBaseValue: options.retryBaseMs ?? 1000,
    },
  });
}

/**
 * Credentials and time limit of each request that is really sent: an authentication strategy is called inside the
 * plugins, so neither a token nor the time runs out while a request waits for its turn.
 */
function createAuthentication(getToken: () => Promise<string | undefined>) {
  const authenticate = async () => ({ type: 'token', token: await getToken() });
  const hook = async (
    request: any,
    route: unknown,
    parameters: unknown,
  ): Promise<unknown> => {
    const endpoint = request.endpoint.merge(route, parameters);
    const token = await getToken();
    if (token) endpoint.headers.authorization = `Bearer ${token}`;
    endpoint.request.signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    return request(endpoint);
  };
  return Object.assign(authenticate, { hook });
}

/**
 * Sends a request and turns what GitHub refuses into a Backstage error.
 *
 * @param handle - Answers for failures that are expected here.
 */
export async function send<T, H = never>(
  context: FailureContext,
  request: () => Promise<{ data: T }>,
  handle: Partial<
    Record<GitHubFailureKind, (text: string) => H | Promise<H>>
  > = {},
): Promise<T | H> {
  try {
    return (await request()).data;
  } catch (error) {
    if (error instanceof Error && isBackstageError(error)) throw error;
    const failure = classifyFailure(error);
    const handler = handle[failure.kind];
    if (handler) return handler(failure.text);
    throw toBackstageError(failure, context);
  }
}

function isBackstageError(error: Error): boolean {
  return (
    !('request' in error) &&
    /^(Input|NotAllowed|NotFound|Conflict|ServiceUnavailable)Error$/.test(
      error.name,
    )
  );
}
