import express, { Router, type Request, type Response } from 'express';
import type { GitHostState } from '../github/host/GitHost';
import { PullRequestError } from '../github/host/PullRequestError';
import { blobPage, treePage } from './codePages';
import { emptyPage } from './emptyPage';
import { homePage } from './homePage';
import {
  branchesPage,
  commitPage,
  commitsPage,
  comparePage,
} from './historyPages';
import { AVATAR, ICON } from './icons';
import { messagePage } from './layout';
import { PageContext, PageNotFound } from './PageContext';
import { pullPage, pullsPage } from './pullPages';
import { requireSameOrigin } from './sameOrigin';
import { STYLESHEET } from './stylesheet';

const SECURITY_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
};

/**
 * Pages to read repositories, commits and pull requests, and to merge or close them, at GitHub's addresses.
 *
 * They work without scripts. Whoever opens them acts as the host's visitor.
 *
 * @public
 */
export function createPages(host: GitHostState): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set(SECURITY_HEADERS);
    next();
  });
  router.get('/-/style.css', (_request, response) => {
    response.type('css').send(STYLESHEET);
  });
  router.get('/-/avatar.svg', (_request, response) => {
    response.type('svg').send(AVATAR);
  });
  router.get('/-/icon.svg', (_request, response) => {
    response.type('svg').send(ICON);
  });

  const fail = (request: Request, response: Response, error: unknown) => {
    const missing = error instanceof PageNotFound;
    const base = /^\/[^/]+\/[^/]+/.exec(request.path)?.[0];
    const known = base && host.repository(...splitName(base));
    if (!missing) {
      // eslint-disable-next-line no-console
      console.error(error);
    }
    response.status(missing ? 404 : 500).send(
      messagePage({
        title: missing ? 'Not found' : 'This page failed',
        text: missing
          ? error.message
          : 'The reason is in the output of the Git host.',
        href: known ? `/${known.fullName}` : '/',
        link: known ? `Go to ${known.fullName}` : 'All repositories',
        visitor: host.visitor,
      }),
    );
  };

  const contextOf = async ({ params }: Request) => {
    const repository = host.repository(params.owner, params.name);
    if (!repository) {
      throw new PageNotFound(
        `There is no repository ${params.owner}/${params.name} on this host.`,
      );
    }
    return new PageContext(host, repository);
  };

  const page = (
    path: string,
    render: (context: PageContext, request: Request) => Promise<string>,
  ) =>
    router.get(`/:owner/:name${path}`, (request, response) => {
      contextOf(request)
        .then(context => render(context, request))
        .then(text => response.type('html').send(text))
        .catch(error => fail(request, response, error));
    });

  router.get(['/', '/:owner'], (request, response) => {
    response
      .type('html')
      .send(homePage(host, request.params as { owner?: string }));
  });
  page('', async context =>
    (await context.git.resolve('HEAD'))
      ? treePage(context, context.git.defaultBranch)
      : emptyPage(context),
  );
  page('/tree/*', (context, { params }) => treePage(context, params[0]));
  page('/blob/*', (context, { params }) => blobPage(context, params[0]));
  page('/commits', context =>
    commitsPage(context, context.git.defaultBranch, 1),
  );
  page('/commits/*', (context, { params, query }) =>
    commitsPage(context, params[0], Math.max(1, Number(query.page) || 1)),
  );
  page('/commit/:sha', (context, { params }) =>
    commitPage(context, params.sha),
  );
  page('/compare/*', (context, { params }) => comparePage(context, params[0]));
  page('/branches', branchesPage);
  page('/pulls', (context, { query }) =>
    pullsPage(context, query.state === 'closed' ? 'closed' : 'open'),
  );
  page('/pull/:number', (context, { params }) =>
    pullPage(context, Number(params.number)),
  );
  router.get('/:owner/:name/raw/*', (request, response) => {
    rawFile(request)
      .then(content => response.type('text/plain').send(content))
      .catch(error => fail(request, response, error));
  });

  async function rawFile(request: Request): Promise<Buffer> {
    const context = await contextOf(request);
    const { sha, path } = await context.split(request.params[0]);
    const found = await context.git.readPath(sha, path);
    if (found?.type !== 'blob') {
      throw new PageNotFound(`There is no file ${path}.`);
    }
    return found.content;
  }

  const form = express.urlencoded({ extended: false, limit: '10kb' });
  const action = (
    name: 'merge' | 'close',
    run: (context: PageContext, number: number, request: Request) => unknown,
  ) =>
    router.post(
      `/:owner/:name/pull/:number/${name}`,
      requireSameOrigin,
      form,
      async (request, response) => {
        const number = Number(request.params.number);
        try {
          const context = await contextOf(request);
          // A number that does not exist answers like its page.
          await pullPage(context, number);
          try {
            await run(context, number, request);
            response.redirect(303, context.url('pull', String(number)));
          } catch (error) {
            if (!(error instanceof PullRequestError)) throw error;
            response
              .status(409)
              .type('html')
              .send(await pullPage(context, number, error.message));
          }
        } catch (error) {
          fail(request, response, error);
        }
      },
    );
  action('merge', async ({ repository }, number, request) => {
    const record = await repository.pullRequests.get(number);
    repository.assertMayMerge(record!);
    await repository.pullRequests.merge(number, {
      actor: host.visitor,
      sha: request.body?.sha || undefined,
    });
  });
  action('close', (context, number) =>
    context.repository.pullRequests.update(number, { state: 'closed' }),
  );

  router.use((request, response) => {
    fail(
      request,
      response,
      new PageNotFound(`There is no page at ${request.path}.`),
    );
  });
  return router;
}

function splitName(base: string): [owner: string, name: string] {
  const [, owner, name] = base.split('/');
  return [owner, name];
}
