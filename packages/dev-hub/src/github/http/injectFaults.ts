import { setTimeout } from 'timers/promises';
import type { Request } from 'express';
import type { Faults } from '../Faults';
import { GithubError } from './GithubError';
import type { Answer } from './operation';
import { rateLimitHeaders, type RateLimit } from './RateLimiter';
import { faultAnswer } from './send';

const DOCUMENTATION = {
  primary: 'overview/resources-in-the-rest-api#rate-limiting',
  secondary:
    'using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits',
};

/** The answer of a fault that strikes before the operation, if one is due. */
export async function answerOfFault(
  faults: Faults,
  request: Request,
  limit: RateLimit,
  userId: number,
): Promise<Answer | undefined> {
  const matched = { method: request.method, path: request.path };
  const delay = faults.take('delay', matched);
  if (delay) {
    await setTimeout(delay.milliseconds);
  }
  const limited = faults.take('rate-limit', matched);
  if (limited) {
    return rateLimitAnswer(
      limited.limit,
      limit,
      userId,
      limited.retryAfterSeconds ?? 60,
    );
  }
  const failure = faults.take(
    'respond',
    matched,
    fault => fault.when !== 'after',
  );
  return failure && faultAnswer(failure.status, failure.message);
}

/** Source: GitHub documentation, "Rate limits for the REST API", "Exceeding the rate limit". */
export function rateLimitAnswer(
  kind: 'primary' | 'secondary',
  limit: RateLimit,
  userId: number,
  retryAfterSeconds: number,
): Answer {
  const error = new GithubError(
    403,
    kind === 'primary'
      ? `API rate limit exceeded for user ID ${userId}.`
      : 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  );
  return {
    status: 403,
    body: error.body(DOCUMENTATION[kind]),
    headers:
      kind === 'primary'
        ? rateLimitHeaders({ ...limit, used: limit.limit, remaining: 0 })
        : { 'Retry-After': String(retryAfterSeconds) },
  };
}
