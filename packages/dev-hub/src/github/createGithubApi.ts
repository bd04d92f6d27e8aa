import express, { Router, type Request, type Response } from 'express';
import type { Faults } from './Faults';
import { accessOf, type Viewer } from './host/Accounts';
import type { GitHostState } from './host/GitHost';
import { GithubError, notFound } from './http/GithubError';
import { answerOfFault, rateLimitAnswer } from './http/injectFaults';
import {
  ApiContext,
  RepositoryContext,
  type Answer,
  type Operation,
  type RepositoryOperation,
} from './http/operation';
import { RateLimiter, rateLimitHeaders } from './http/RateLimiter';
import { errorAnswer, sendAnswer } from './http/send';
import { viewerOf } from './http/viewerOf';
import { Links } from './resources/Links';
import { administrationOperations } from './routes/administration';
import { branchProtectionOperations } from './routes/branchProtection';
import { commitOperations } from './routes/commits';
import { contentOperations } from './routes/contents';
import { gitObjectOperations } from './routes/gitObjects';
import { mergeOperations } from './routes/merges';
import { newRepositoryOperations } from './routes/newRepository';
import { pullDetailOperations } from './routes/pullDetails';
import { pullOperations } from './routes/pulls';
import { refOperations } from './routes/refs';
import { repositoryOperations } from './routes/repository';
import { rootOperations } from './routes/root';

const REPOSITORY_OPERATIONS: RepositoryOperation[] = [
  ...refOperations,
  ...gitObjectOperations,
  ...commitOperations,
  ...contentOperations,
  ...mergeOperations,
  ...pullOperations,
  ...pullDetailOperations,
  ...administrationOperations,
  ...branchProtectionOperations,
  ...repositoryOperations,
];

/** @public */
export interface GithubApiOptions {
  host: GitHostState;
  faults: Faults;
  /** Requests per token and hour. Default 15000, as GitHub Enterprise Cloud allows an app. */
  rateLimit?: number;
  /** Where failures that are no answer to a request are written. Default: standard error. */
  log?: (message: string) => void;
}

/**
 * GitHub's REST API over the repositories of a host, to be mounted at `/api/v3` as GitHub Enterprise Server does.
 *
 * It covers what a GitOps client needs: users, repositories, branches and their protection, Git objects and refs,
 * commits, compare, contents, merges, pull requests and their comments. Everything else answers 404.
 *
 * @public
 */
export function createGithubApi(options: GithubApiOptions): Router {
  const { host, faults } = options;
  // eslint-disable-next-line no-console
  const log = options.log ?? console.error;
  const rateLimiter = new RateLimiter(options.rateLimit ?? 15_000, host.clock);
  const router = Router();
  router.use(express.json({ limit: '60mb', type: () => true, strict: false }));

  router.use((request, _response, next) => {
    // `fetch` says "no-cache" when its caller revalidates by hand; GitHub answers 304 all the same.
    delete request.headers['cache-control'];
    next();
  });

  const serve = (
    operation: Operation,
    path: string,
    handle: (context: ApiContext) => Promise<Answer>,
  ) => {
    router[operation.method](path, async (request, response) => {
      const answer = await answerTo(request, response, handle).catch(error =>
        errorAnswer(error, operation.documentation, log),
      );
      sendAnswer(request, response, answer, faults);
    });
  };

  async function answerTo(
    request: Request,
    response: Response,
    handle: (context: ApiContext) => Promise<Answer>,
  ): Promise<Answer> {
    const viewer = authenticate(request, host);
    const limit = rateLimiter.use(viewer.token.token, 1);
    response.set(rateLimitHeaders(limit));
    const { id } = viewer.account;
    if (limit.used > limit.limit) {
      return rateLimitAnswer('primary', limit, id, 0);
    }
    const failure = await answerOfFault(faults, request, limit, id);
    if (failure) {
      return failure;
    }
    const links = new Links(
      `${request.protocol}://${request.get('host')}`,
      request.baseUrl,
    );
    const services = { faults, rateLimiter };
    return handle(new ApiContext(request, host, viewer, links, services));
  }

  for (const operation of [...rootOperations, ...newRepositoryOperations]) {
    serve(operation, operation.path, operation.handle);
  }
  for (const operation of REPOSITORY_OPERATIONS) {
    serve(operation, `/repos/:owner/:repo${operation.path}`, async context => {
      const repository = host.repository(
        context.parameter('owner'),
        context.parameter('repo'),
      );
      const access =
        repository && accessOf(context.viewer, repository.fullName);
      if (!repository || access === 'none') {
        throw notFound();
      }
      if (
        operation.access !== 'read' &&
        access !== 'admin' &&
        access !== operation.access
      ) {
        throw new GithubError(
          403,
          'Resource not accessible by personal access token',
        );
      }
      return operation.handle(new RepositoryContext(context, repository));
    });
  }

  const unknown: Operation = { method: 'get', path: '*', documentation: '' };
  router.use((request, response, next) =>
    answerTo(request, response, async () => {
      throw notFound();
    })
      .catch(error => errorAnswer(error, unknown.documentation, log))
      .then(answer => sendAnswer(request, response, answer, faults))
      .catch(next),
  );
  router.use(
    (
      _error: Error,
      _request: Request,
      response: Response,
      // Express tells error handlers by their four parameters.
      _next: express.NextFunction,
    ) => {
      const error = new GithubError(400, 'Problems parsing JSON');
      response.status(400).json(error.body(''));
    },
  );
  return router;
}

function authenticate(request: Request, host: GitHostState): Viewer {
  const viewer = viewerOf(request, host);
  if (!viewer) {
    throw new GithubError(
      401,
      request.get('authorization')
        ? 'Bad credentials'
        : 'Requires authentication',
    );
  }
  return viewer;
}
