import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  HeadMovedError,
  MergeConflictError,
  ProtectedBranchError,
} from './gitErrors';

/**
 * What GitHub meant by an error. One status has many causes (422 most of all), so the message decides.
 */
export type GitHubFailureKind =
  | 'token-refused'
  | 'rights-missing'
  | 'rate-limited'
  | 'protected'
  | 'read-only'
  | 'not-found'
  | 'head-moved'
  | 'merge-conflict'
  | 'reference-exists'
  | 'pull-request-exists'
  | 'head-not-visible'
  | 'empty-repository'
  | 'unavailable'
  | 'invalid';

/** A classified answer of GitHub. */
export interface GitHubFailure {
  kind: GitHubFailureKind;
  /** HTTP status; `undefined` where there was no answer. */
  status?: number;
  /** GitHub's own words. */
  text: string;
  /** Rights that would have been enough, as GitHub names them, for example `contents=write`. */
  rights?: string;
  /** When requests are accepted again, where GitHub says so. */
  retryAt?: Date;
}

/** What the request was about, for the sentence that a person reads. */
export interface FailureContext {
  host: string;
  /** `owner/name`. */
  repository: string;
  branch?: string;
}

const PROTECTED =
  /protected branch|branch is protected|not authorized to push|required status check|repository rule violation|changes must be made through a pull request|at least \d+ approving review|cannot update this protected ref/i;

/**
 * Classifies what `@octokit/rest` threw.
 *
 * @remarks
 * Protection is looked for before a moved head: some texts match both ("failed to push … protected branch hook
 * declined, not a fast forward"), and running the intent again would not help there.
 */
export function classifyFailure(error: unknown): GitHubFailure {
  const { status, text, headers } = describe(error);
  const failure = (
    kind: GitHubFailureKind,
    more: Partial<GitHubFailure> = {},
  ): GitHubFailure => ({ kind, status, text, ...more });

  if (status === undefined || status >= 500) return failure('unavailable');
  if (status === 401) return failure('token-refused');

  const exhausted = headers['x-ratelimit-remaining'] === '0';
  if (
    status === 429 ||
    (status === 403 && (exhausted || /rate limit|abuse detection/i.test(text)))
  ) {
    return failure('rate-limited', { retryAt: retryAt(headers) });
  }
  if ([403, 405, 409, 422].includes(status) && PROTECTED.test(text)) {
    return failure('protected');
  }
  if (status === 403) {
    return /archived|read-only/i.test(text)
      ? failure('read-only')
      : failure('rights-missing', {
          rights: headers['x-accepted-github-permissions'],
        });
  }
  if (status === 404 || status === 410) return failure('not-found');
  if (status === 409 && /repository is empty/i.test(text)) {
    return failure('empty-repository');
  }
  if (/not a fast.forward|but expected|head branch was modified/i.test(text)) {
    return failure('head-moved');
  }
  if (/reference already exists/i.test(text))
    return failure('reference-exists');
  if (/reference does not exist/i.test(text)) return failure('not-found');
  if (/pull request already exists/i.test(text)) {
    return failure('pull-request-exists');
  }
  if (/no commits between|head sha can.t be blank/i.test(text)) {
    return failure('head-not-visible');
  }
  if (/merge conflict/i.test(text)) return failure('merge-conflict');
  if (status === 409) return failure('head-moved');
  return failure('invalid');
}

/** The error that a caller sees: a Backstage error whose message says what to do. */
export function toBackstageError(
  failure: GitHubFailure,
  context: FailureContext,
): Error {
  const { host, repository, branch } = context;
  const where = branch
    ? `branch ${branch} of ${repository}`
    : `repository ${repository}`;

  switch (failure.kind) {
    case 'token-refused':
      return new ServiceUnavailableError(
        `The token for ${host} is refused: set integrations.github for ${host} to a valid token or app.`,
      );
    case 'rights-missing':
      return new NotAllowedError(
        `The token for ${host} lacks rights on ${repository}: give it ${
          failure.rights ??
          'contents=write and pull_requests=write, and access to this repository'
        } (${host} says: ${failure.text}).`,
      );
    case 'rate-limited':
      return new ServiceUnavailableError(
        `${host} limits the requests of the token for ${repository}${
          failure.retryAt ? ` until ${failure.retryAt.toISOString()}` : ''
        }: try again later.`,
      );
    case 'protected':
      return new ProtectedBranchError(
        `Branch ${
          branch ?? 'the target'
        } of ${repository} takes no direct commits (${
          failure.text
        }): use mode pull-request.`,
      );
    case 'merge-conflict':
      return new MergeConflictError(
        `Both sides changed the same lines of ${where}: merge them in a pull request.`,
      );
    case 'read-only':
      return new ConflictError(
        `Repository ${repository} on ${host} is read-only (${failure.text}): unarchive it or change fleet.repositories.`,
      );
    case 'not-found':
      return new NotFoundError(
        branch &&
        /branch not found|reference does not exist/i.test(failure.text)
          ? `Branch ${branch} does not exist in ${repository} on ${host}: create it or correct fleet.repositories[].branch.`
          : `Repository ${repository} was not found on ${host}, or the token has no access to it: check fleet.repositories[].url and integrations.github.`,
      );
    case 'head-moved':
      return new HeadMovedError(
        `The head of ${where} on ${host} moved meanwhile (${failure.text}).`,
      );
    case 'empty-repository':
      return new ConflictError(
        `Repository ${repository} on ${host} has no commit yet: push the first one.`,
      );
    case 'unavailable':
      return new ServiceUnavailableError(
        `${host} does not answer for ${repository} (${
          failure.status ? `${failure.status}: ` : ''
        }${failure.text}): try again later.`,
      );
    default:
      return new InputError(
        `${host} refuses the request on ${where}: ${failure.text}.`,
      );
  }
}

function describe(error: unknown): {
  status?: number;
  text: string;
  headers: Record<string, string | undefined>;
} {
  const { status, response, message, cause } = (error ?? {}) as {
    status?: number;
    message?: string;
    cause?: { message?: string };
    response?: {
      status?: number;
      data?: {
        message?: string;
        errors?: Array<{ message?: string } | string>;
      };
      headers?: Record<string, string | undefined>;
    };
  };
  // A failed fetch is given status 500 by @octokit/request although nobody answered.
  if (!response) {
    return { text: cause?.message ?? message ?? String(error), headers: {} };
  }
  const details = (response.data?.errors ?? [])
    .map(item => (typeof item === 'string' ? item : item.message))
    .filter((text): text is string => Boolean(text));
  const text = [response.data?.message ?? message ?? '', ...details]
    .filter(Boolean)
    .join(' ')
    .trim()
    .replace(/\s*\n\s*/g, ': ')
    .replace(/\s+/g, ' ')
    .replace(/\.$/, '');
  return {
    status: response.status ?? status,
    text,
    headers: response.headers ?? {},
  };
}

function retryAt(
  headers: Record<string, string | undefined>,
): Date | undefined {
  const reset = Number(headers['x-ratelimit-reset']);
  return reset > 0 ? new Date(reset * 1000) : undefined;
}
