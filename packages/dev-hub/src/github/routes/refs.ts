import { InvalidGitInputError, isSha, RefConflictError } from '../../git';
import { assertMayCommit } from '../http/protection';
import { notFound, unprocessable } from '../http/GithubError';
import {
  created,
  noContent,
  ok,
  type RepositoryContext,
  type RepositoryOperation,
} from '../http/operation';
import { encodePath, nodeId } from '../resources/Links';

interface Ref {
  name: string;
  sha: string;
  type: string;
}

function refBody(ref: Ref, { urls, repository }: RepositoryContext) {
  const types: Record<string, string> = {
    commit: 'commits',
    tag: 'tags',
    tree: 'trees',
    blob: 'blobs',
  };
  return {
    ref: ref.name,
    node_id: nodeId('Ref', `${repository.id}:${ref.name}`),
    url: `${urls.api}/git/${encodePath(ref.name)}`,
    object: {
      sha: ref.sha,
      type: ref.type,
      url: `${urls.api}/git/${types[ref.type]}/${ref.sha}`,
    },
  };
}

async function readRef(context: RepositoryContext, name: string) {
  try {
    return await context.git.readRef(name);
  } catch (error) {
    if (error instanceof InvalidGitInputError) return undefined;
    throw error;
  }
}

async function requireCommit(context: RepositoryContext, sha: string) {
  if (!isSha(sha)) {
    throw unprocessable(
      'The sha parameter must be exactly 40 characters and contain only [0-9a-f].',
    );
  }
  if (!(await context.git.readCommit(sha))) {
    throw unprocessable('Object does not exist');
  }
}

const branchOf = (ref: string) =>
  ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined;

/** Lets somebody else commit first, where that fault is due. */
async function advanceHead(context: RepositoryContext, branch: string) {
  const { repository, request, host } = context;
  const fault = context.services.faults.take(
    'advance-head',
    { method: request.method, path: request.path },
    ({ repository: name, branch: only }) =>
      (!name || name === repository.fullName) && (!only || only === branch),
  );
  if (fault) {
    await repository.git.commitFiles({
      branch,
      changes: fault.changes ?? new Map(),
      message: 'Commit by somebody else',
      author: {
        name: 'Somebody Else',
        email: 'somebody.else@users.noreply.localhost',
        date: host.clock(),
      },
    });
  }
}

async function moveRef(
  context: RepositoryContext,
  name: string,
  sha: string,
  force: boolean,
): Promise<Ref> {
  // Somebody else may move the ref between reading and writing; whoever is later is measured against the new place.
  for (;;) {
    const current = await readRef(context, name);
    if (!current) {
      throw unprocessable('Reference does not exist');
    }
    if (!force && !(await context.git.isAncestor(current.sha, sha))) {
      throw unprocessable('Update is not a fast forward');
    }
    if (current.sha === sha) {
      return current;
    }
    try {
      await context.git.updateRef(name, sha, current.sha);
      return { name, sha, type: 'commit' };
    } catch (error) {
      if (!(error instanceof RefConflictError)) throw error;
    }
  }
}

export const refOperations: RepositoryOperation[] = [
  {
    method: 'get',
    path: '/git/ref/*',
    access: 'read',
    documentation: 'git/refs#get-a-reference',
    async handle(context) {
      const ref = await readRef(context, `refs/${context.parameter('0')}`);
      if (!ref) throw notFound();
      return ok(refBody(ref, context));
    },
  },
  {
    method: 'get',
    path: '/git/matching-refs/*',
    access: 'read',
    documentation: 'git/refs#list-matching-references',
    async handle(context) {
      const refs = await context.git.listRefs(`refs/${context.parameter('0')}`);
      return ok(refs.map(ref => refBody(ref, context)));
    },
  },
  {
    method: 'post',
    path: '/git/refs',
    access: 'write',
    documentation: 'git/refs#create-a-reference',
    async handle(context) {
      const name = context.body.string('ref');
      const sha = context.body.string('sha');
      if (!name.startsWith('refs/') || name.split('/').length < 3) {
        throw unprocessable(
          "Reference name must start with 'refs/' and contain at least three slash-separated components.",
        );
      }
      await requireCommit(context, sha);
      try {
        await context.git.createRef(name, sha);
      } catch (error) {
        if (error instanceof RefConflictError) {
          throw unprocessable('Reference already exists');
        }
        if (error instanceof InvalidGitInputError) {
          throw unprocessable(`${name} is not a valid ref name.`);
        }
        // A branch "a" stands in the way of "a/b".
        throw unprocessable('Reference update failed');
      }
      const body = refBody({ name, sha, type: 'commit' }, context);
      return created(body, { Location: body.url });
    },
  },
  {
    method: 'patch',
    path: '/git/refs/*',
    access: 'write',
    documentation: 'git/refs#update-a-reference',
    async handle(context) {
      const name = `refs/${context.parameter('0')}`;
      const branch = branchOf(name);
      const sha = context.body.string('sha');
      const force = context.body.optionalBoolean('force') ?? false;
      await requireCommit(context, sha);
      if (branch) {
        assertMayCommit(context, branch);
        await advanceHead(context, branch);
      }
      return ok(refBody(await moveRef(context, name, sha, force), context));
    },
  },
  {
    method: 'delete',
    path: '/git/refs/*',
    access: 'write',
    documentation: 'git/refs#delete-a-reference',
    async handle(context) {
      const name = `refs/${context.parameter('0')}`;
      const branch = branchOf(name);
      const ref = await readRef(context, name);
      if (!ref) throw unprocessable('Reference does not exist');
      if (branch === context.git.defaultBranch) {
        throw unprocessable('Cannot delete the default branch');
      }
      if (branch) assertMayCommit(context, branch);
      await context.git.deleteRef(name, ref.sha);
      return noContent;
    },
  },
];
