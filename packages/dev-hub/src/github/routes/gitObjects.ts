import {
  InvalidGitInputError,
  type FileMode,
  type TreeChange,
} from '../../git';
import {
  GithubError,
  notFound,
  unprocessable,
  validationFailed,
} from '../http/GithubError';
import { invalidRequest, RequestBody } from '../http/input';
import {
  created,
  ok,
  type RepositoryContext,
  type RepositoryOperation,
} from '../http/operation';
import { gitCommit } from '../resources/commits';
import { nodeId } from '../resources/Links';
import { committers } from './identities';

const MODES = ['100644', '100755', '040000', '160000', '120000'];

async function treeBody(
  context: RepositoryContext,
  sha: string,
  recursive: boolean,
) {
  const entries = await context.git.listTree(sha, {
    recursive,
    includeTrees: true,
  });
  const folders: Record<string, string> = { blob: 'blobs', tree: 'trees' };
  return {
    sha,
    url: `${context.urls.api}/git/trees/${sha}`,
    tree: entries.map(({ path, mode, type, sha: entry, size }) => ({
      path,
      mode,
      type,
      sha: entry,
      ...(size === undefined ? {} : { size }),
      ...(folders[type]
        ? { url: `${context.urls.api}/git/${folders[type]}/${entry}` }
        : {}),
    })),
    truncated: false,
  };
}

function treeChange(value: unknown): TreeChange {
  const entry = new RequestBody(value);
  const path = entry.string('path');
  const mode = entry.string('mode');
  if (!MODES.includes(mode)) {
    throw unprocessable(`tree.mode ${mode} is not one of ${MODES.join(', ')}`);
  }
  const content = entry.optionalString('content');
  const sha = entry.isNull('sha') ? null : entry.optionalString('sha');
  if ((content === undefined) === (sha === undefined)) {
    throw unprocessable(
      `Must supply either tree.sha or tree.content for ${path}, not both`,
    );
  }
  return { path, mode: mode as FileMode, content, sha };
}

function toGithubError(error: unknown): unknown {
  if (!(error instanceof InvalidGitInputError)) {
    return error;
  }
  return error.reason === 'path'
    ? unprocessable(
        `tree.path contains a malformed path component: ${error.message}`,
      )
    : unprocessable('GitRPC::BadObjectState');
}

export const gitObjectOperations: RepositoryOperation[] = [
  {
    method: 'get',
    path: '/git/commits/:sha',
    access: 'read',
    documentation: 'git/commits#get-a-commit-object',
    async handle(context) {
      const commit = await context.git.readCommit(context.parameter('sha'));
      if (!commit) throw notFound();
      return ok(gitCommit(commit, context.urls));
    },
  },
  {
    method: 'post',
    path: '/git/commits',
    access: 'write',
    documentation: 'git/commits#create-a-commit',
    async handle(context) {
      const { git, body, urls } = context;
      const message = body.string('message');
      const tree = body.string('tree');
      const parents = (body.optionalArray('parents') ?? []).map(String);
      if ((await git.treeOf(tree)) !== tree) {
        throw unprocessable('Tree SHA does not exist');
      }
      for (const parent of parents) {
        if (!(await git.readCommit(parent))) {
          throw unprocessable(
            'Parent SHA does not exist or is not a commit object',
          );
        }
      }
      const commit = await git.writeCommit({
        tree,
        parents,
        message,
        ...committers(context),
      });
      const answer = gitCommit(commit, urls);
      return created(answer, { Location: answer.url });
    },
  },
  {
    method: 'get',
    path: '/git/trees/*',
    access: 'read',
    documentation: 'git/trees#get-a-tree',
    async handle(context) {
      const { git } = context;
      const name = context.parameter('0');
      const revision = (await git.resolve(name).catch(() => undefined)) ?? name;
      const tree = await git.treeOf(revision);
      if (!tree) throw notFound();
      return ok(
        await treeBody(
          context,
          tree,
          context.request.query.recursive !== undefined,
        ),
      );
    },
  },
  {
    method: 'post',
    path: '/git/trees',
    access: 'write',
    documentation: 'git/trees#create-a-tree',
    async handle(context) {
      const { git, body } = context;
      const entries = body.optionalArray('tree');
      if (!entries) throw invalidRequest('"tree" wasn\'t supplied.');
      if (entries.length === 0) throw unprocessable('Invalid tree info');
      const base = body.optionalString('base_tree');
      const baseTree = base && (await git.treeOf(base));
      if (base && !baseTree) {
        throw unprocessable('base_tree is not a valid tree oid');
      }
      const changes = entries.map(treeChange);
      try {
        const sha = await git.writeTree({ baseTree, changes });
        const answer = await treeBody(context, sha, false);
        return created(answer, { Location: answer.url });
      } catch (error) {
        throw toGithubError(error);
      }
    },
  },
  {
    method: 'get',
    path: '/git/blobs/:sha',
    access: 'read',
    documentation: 'git/blobs#get-a-blob',
    async handle(context) {
      const sha = context.parameter('sha');
      const content = await context.git.readBlob(sha);
      if (!content) throw notFound();
      if (context.accepts('raw')) {
        return ok(content, { 'Content-Type': 'application/octet-stream' });
      }
      return ok({
        sha,
        node_id: nodeId('Blob', sha),
        size: content.length,
        url: `${context.urls.api}/git/blobs/${sha}`,
        content: content.toString('base64').replace(/.{60}/g, '$&\n'),
        encoding: 'base64',
      });
    },
  },
  {
    method: 'post',
    path: '/git/blobs',
    access: 'write',
    documentation: 'git/blobs#create-a-blob',
    async handle({ body, git, urls }) {
      const content = body.string('content');
      const encoding = body.optionalString('encoding') ?? 'utf-8';
      if (encoding !== 'utf-8' && encoding !== 'base64') {
        throw validationFailed({
          resource: 'Blob',
          field: 'encoding',
          code: 'invalid',
        });
      }
      const bytes = Buffer.from(
        content,
        encoding === 'base64' ? 'base64' : 'utf8',
      );
      if (bytes.length > 40 * 1024 * 1024) {
        throw new GithubError(422, 'Blob is larger than 40 megabytes');
      }
      const sha = await git.writeBlob(bytes);
      const url = `${urls.api}/git/blobs/${sha}`;
      return created({ sha, url }, { Location: url });
    },
  },
];
