import { classifyFailure, toBackstageError } from './failures';

const failing = (
  status: number,
  message: string,
  headers: Record<string, string> = {},
  errors?: Array<{ message: string } | string>,
) => ({ status, response: { status, data: { message, errors }, headers } });

const context = {
  host: 'github.com',
  repository: 'acme/fleet-gitops',
  branch: 'main',
};

describe('failures of GitHub', () => {
  it.each([
    // Texts as GitHub sends them, one line for each known cause.
    [failing(401, 'Bad credentials'), 'token-refused'],
    [failing(403, 'Resource not accessible by integration'), 'rights-missing'],
    [
      failing(403, 'Resource not accessible by personal access token'),
      'rights-missing',
    ],
    [failing(403, 'Must have admin rights to Repository.'), 'rights-missing'],
    [failing(403, 'Repository was archived so is read-only.'), 'read-only'],
    [
      failing(403, 'API rate limit exceeded for installation ID 1.', {
        'x-ratelimit-remaining': '0',
      }),
      'rate-limited',
    ],
    [failing(403, 'You have exceeded a secondary rate limit.'), 'rate-limited'],
    [failing(429, 'Too many requests'), 'rate-limited'],
    [failing(404, 'Not Found'), 'not-found'],
    [failing(404, 'Branch not found'), 'not-found'],
    [failing(422, 'Reference does not exist'), 'not-found'],
    [failing(422, 'Update is not a fast forward'), 'head-moved'],
    [failing(409, 'Conflict'), 'head-moved'],
    [
      failing(422, 'Reference cannot be updated: is at 1111 but expected 2222'),
      'head-moved',
    ],
    [failing(409, 'main is at 1111 but expected 2222'), 'head-moved'],
    [failing(409, 'Git Repository is empty.'), 'empty-repository'],
    [
      failing(
        422,
        'Protected branch update failed for refs/heads/main. Changes must be made through a pull request.',
      ),
      'protected',
    ],
    [
      failing(
        422,
        'Required status check "build" is expected. Update is not a fast forward',
      ),
      'protected',
    ],
    [
      failing(
        409,
        'Repository rule violations found\n\nChanges must be made through a pull request.\n\n',
      ),
      'protected',
    ],
    [
      failing(403, 'You are not authorized to push to this branch.'),
      'protected',
    ],
    [failing(422, 'Reference already exists'), 'reference-exists'],
    [
      failing(422, 'Validation Failed', {}, [
        { message: 'A pull request already exists for acme:fleet/x.' },
      ]),
      'pull-request-exists',
    ],
    [
      failing(422, 'Validation Failed', {}, [
        { message: 'No commits between main and fleet/x' },
      ]),
      'head-not-visible',
    ],
    [
      failing(422, 'Validation Failed', {}, ["Head sha can't be blank"]),
      'head-not-visible',
    ],
    [failing(422, 'Invalid tree info'), 'invalid'],
    [failing(502, 'Server Error'), 'unavailable'],
    [
      {
        status: 500,
        message: 'fetch failed',
        cause: { message: 'ECONNRESET' },
      },
      'unavailable',
    ],
    [new Error('The operation was aborted due to timeout'), 'unavailable'],
  ])('%#: %j is %s', (error, kind) => {
    expect(classifyFailure(error).kind).toBe(kind);
  });

  it.each([
    [
      failing(401, 'Bad credentials'),
      'ServiceUnavailableError',
      'The token for github.com is refused: set integrations.github for github.com to a valid token or app.',
    ],
    [
      failing(403, 'Resource not accessible by integration', {
        'x-accepted-github-permissions': 'contents=write',
      }),
      'NotAllowedError',
      'The token for github.com lacks rights on acme/fleet-gitops: give it contents=write (github.com says: Resource not accessible by integration).',
    ],
    [
      failing(404, 'Branch not found'),
      'NotFoundError',
      'Branch main does not exist in acme/fleet-gitops on github.com: create it or correct fleet.repositories[].branch.',
    ],
    [
      failing(404, 'Not Found'),
      'NotFoundError',
      'Repository acme/fleet-gitops was not found on github.com, or the token has no access to it: check fleet.repositories[].url and integrations.github.',
    ],
    [
      failing(403, 'API rate limit exceeded', {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': '1767225600',
      }),
      'ServiceUnavailableError',
      'github.com limits the requests of the token for acme/fleet-gitops until 2026-01-01T00:00:00.000Z: try again later.',
    ],
    [
      failing(
        422,
        'Repository rule violations found\n\nChanges must be made through a pull request.\n\n',
      ),
      'ProtectedBranchError',
      'Branch main of acme/fleet-gitops takes no direct commits (Repository rule violations found: Changes must be made through a pull request): use mode pull-request.',
    ],
    [
      failing(503, 'Service Unavailable'),
      'ServiceUnavailableError',
      'github.com does not answer for acme/fleet-gitops (503: Service Unavailable): try again later.',
    ],
  ])('%#: says what to do', (error, name, message) => {
    expect(toBackstageError(classifyFailure(error), context)).toMatchObject({
      name,
      message,
    });
  });
});
