import express, { type Request, type Response, type Router } from 'express';
import { accessOf } from './host/Accounts';
import type { GitHostState } from './host/GitHost';
import { viewerOf } from './http/viewerOf';

/** What `octokit-plugin-create-pull-request` asks, and so `publish:github:pull-request`. */
const OPEN_PULL_REQUESTS =
  /repository\(name: \$repo, owner: \$owner\)[^]*ref\(qualifiedName: \$head\)[^]*associatedPullRequests\(first: 1, states: OPEN\)/;

/**
 * The one query of GitHub's GraphQL API that is served: the open pull request of a branch. Others are answered with an
 * error, as GraphQL answers them: with status 200.
 */
export function createGraphql(host: GitHostState): Router {
  const router = express.Router();
  router.use(express.json());
  router.post('/', (request, response, next) => {
    answer(request, response, host).catch(next);
  });
  return router;
}

async function answer(
  request: Request,
  response: Response,
  host: GitHostState,
): Promise<void> {
  const viewer = viewerOf(request, host);
  if (!viewer) {
    response.status(401).json({ message: 'Bad credentials' });
    return;
  }
  const { query, variables } = request.body ?? {};
  if (!OPEN_PULL_REQUESTS.test(String(query))) {
    response.json({
      errors: [{ message: 'This host serves no such query.' }],
    });
    return;
  }
  const { owner, repo, head } = variables ?? {};
  const repository = host.repository(String(owner), String(repo));
  if (!repository || accessOf(viewer, repository.fullName) === 'none') {
    response.json({
      data: { repository: null },
      errors: [
        {
          type: 'NOT_FOUND',
          path: ['repository'],
          message: `Could not resolve to a Repository with the name '${owner}/${repo}'.`,
        },
      ],
    });
    return;
  }
  const ref = await repository.git
    .readRef(`refs/heads/${head}`)
    .catch(() => undefined);
  const open = (await repository.pullRequests.list()).find(
    record => record.state === 'open' && record.head === head,
  );
  const origin = `${request.protocol}://${request.get('host')}`;
  const edges = open && [
    {
      node: {
        id: `PR_${open.number}`,
        number: open.number,
        url: `${origin}/${repository.fullName}/pull/${open.number}`,
      },
    },
  ];
  response.json({
    data: {
      repository: {
        ref: ref ? { associatedPullRequests: { edges: edges ?? [] } } : null,
      },
    },
  });
}
