import express, { Router, type Request, type Response } from 'express';
import { accessOf, type Viewer } from '../host/Accounts';
import type { GitHostState } from '../host/GitHost';
import type { HostedRepository } from '../host/HostedRepository';
import { parsePushCommands, refusePush } from './receivePack';
import { runHttpBackend } from './runHttpBackend';

/**
 * `git clone`, `fetch` and `push` over HTTP at `/<owner>/<name>` (with or without `.git`).
 *
 * Reading needs a token where the repository is private. Pushing needs one with write access; tokens are given as the
 * password, with any user name.
 */
export function createGitTransport(host: GitHostState): Router {
  const router = Router();
  const handle = async (request: Request, response: Response) => {
    const repository = host.repository(
      request.params.owner,
      request.params.name,
    );
    if (!repository) {
      response.status(404).type('text').send('Repository not found\n');
      return;
    }
    const service = request.path.slice(
      `/${request.params.owner}/${request.params.name}`.length,
    );
    const pushing =
      service === '/git-receive-pack' ||
      request.query.service === 'git-receive-pack';
    const viewer = viewerOf(request, host);
    if (pushing && !mayPush(viewer, repository)) {
      refuseAccess(response, viewer, repository);
      return;
    }
    if (repository.isPrivate && !viewer) {
      refuseAccess(response, viewer, repository);
      return;
    }
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const refusal =
      service === '/git-receive-pack' &&
      protectedPush(body, repository, viewer);
    if (refusal) {
      response.type('application/x-git-receive-pack-result').send(refusal);
      return;
    }
    await runHttpBackend(request, response, {
      directory: repository.git.directory,
      service,
      body,
      user: viewer?.account.login,
      finished: pushing ? () => pushed(repository) : undefined,
    });
  };
  const guarded = (
    request: Request,
    response: Response,
    next: express.NextFunction,
  ) => void handle(request, response).catch(next);
  // The protocol's own compression is left to git.
  const body = express.raw({
    type: () => true,
    limit: '256mb',
    inflate: false,
  });
  const acceptCompressed = (
    request: Request,
    _response: Response,
    next: express.NextFunction,
  ) => {
    const encoding = request.headers['content-encoding'];
    delete request.headers['content-encoding'];
    body(request, _response, error => {
      if (encoding) request.headers['content-encoding'] = encoding;
      next(error);
    });
  };
  router.get('/:owner/:name/info/refs', guarded);
  router.post(
    ['/:owner/:name/git-upload-pack', '/:owner/:name/git-receive-pack'],
    acceptCompressed,
    guarded,
  );
  return router;
}

async function pushed({ git }: HostedRepository): Promise<void> {
  await git.refreshRefs();
  await git.adoptDefaultBranch();
}

function viewerOf(request: Request, host: GitHostState): Viewer | undefined {
  const [scheme, value = ''] = (request.get('authorization') ?? '').split(' ');
  if (!/^basic$/i.test(scheme)) {
    return undefined;
  }
  const [user, password] = Buffer.from(value, 'base64')
    .toString()
    .split(/:(.*)/);
  return host.accounts.byToken(password || user);
}

function mayPush(viewer: Viewer | undefined, repository: HostedRepository) {
  const access = viewer ? accessOf(viewer, repository.fullName) : 'none';
  return access === 'write' || access === 'admin';
}

function refuseAccess(
  response: Response,
  viewer: Viewer | undefined,
  repository: HostedRepository,
) {
  if (viewer) {
    response
      .status(403)
      .type('text')
      .send(
        `Permission to ${repository.fullName}.git denied to ${viewer.account.login}.\n`,
      );
    return;
  }
  response
    .status(401)
    .set('WWW-Authenticate', 'Basic realm="Git"')
    .type('text')
    .send('Use a token as the password.\n');
}

function protectedPush(
  body: Buffer,
  repository: HostedRepository,
  viewer: Viewer | undefined,
): Buffer | undefined {
  const { ref } =
    parsePushCommands(body).commands.find(
      command =>
        command.ref.startsWith('refs/heads/') &&
        repository.protectionFor(
          command.ref.slice('refs/heads/'.length),
          viewer?.account.login,
        ),
    ) ?? {};
  return ref
    ? refusePush(
        body,
        'protected branch hook declined',
        `error: GH006: Protected branch update failed for ${ref}.\nerror: Changes must be made through a pull request.`,
      )
    : undefined;
}
