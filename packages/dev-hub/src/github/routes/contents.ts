import { InvalidGitInputError, type TreeEntry } from '../../git';
import { GithubError, notFound, unprocessable } from '../http/GithubError';
import {
  created,
  ok,
  type RepositoryContext,
  type RepositoryOperation,
} from '../http/operation';
import { assertMayCommit } from '../http/protection';
import { gitCommit } from '../resources/commits';
import { encodePath } from '../resources/Links';
import { committers } from './identities';

function entryBody(
  context: RepositoryContext,
  ref: string,
  entry: { path: string; sha: string; size: number; type: 'file' | 'dir' },
) {
  const { urls } = context;
  const path = encodePath(entry.path);
  const folder = entry.type === 'dir';
  const self = `${urls.api}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const git = `${urls.api}/git/${folder ? 'trees' : 'blobs'}/${entry.sha}`;
  const html = `${urls.html}/${folder ? 'tree' : 'blob'}/${encodePath(
    ref,
  )}/${path}`;
  return {
    type: entry.type,
    name: entry.path.split('/').at(-1) ?? '',
    path: entry.path,
    sha: entry.sha,
    size: entry.size,
    url: self,
    html_url: html,
    git_url: git,
    download_url: folder ? null : `${urls.html}/raw/${encodePath(ref)}/${path}`,
    _links: { self, git, html },
  };
}

function folderEntry(folder: string, entry: TreeEntry) {
  return {
    path: folder ? `${folder}/${entry.path}` : entry.path,
    sha: entry.sha,
    size: entry.size ?? 0,
    type: entry.type === 'tree' ? ('dir' as const) : ('file' as const),
  };
}

async function getContents(context: RepositoryContext) {
  const { git } = context;
  const ref = context.query('ref') ?? git.defaultBranch;
  const path = context.parameter('0').replace(/^\/+|\/+$/g, '');
  const commit = await git.resolve(ref).catch(() => undefined);
  if (!commit) {
    throw notFound(`No commit found for the ref ${ref}`);
  }
  const found = await git.readPath(commit, path);
  if (!found) {
    throw notFound();
  }
  if (found.type === 'tree') {
    return ok(
      found.entries.map(entry =>
        entryBody(context, ref, folderEntry(path, entry)),
      ),
    );
  }
  if (context.accepts('raw')) {
    return ok(found.content, {
      'Content-Type': 'application/vnd.github.raw; charset=utf-8',
    });
  }
  return ok({
    ...entryBody(context, ref, {
      path,
      sha: found.sha,
      size: found.content.length,
      type: 'file',
    }),
    content: found.content.toString('base64').replace(/.{60}/g, '$&\n'),
    encoding: 'base64',
  });
}

async function putContents(context: RepositoryContext) {
  const { git, body } = context;
  const path = context.parameter('0');
  const branch = body.optionalString('branch') ?? git.defaultBranch;
  const message = body.string('message');
  const content = Buffer.from(body.string('content'), 'base64');
  const head = (
    await git.readRef(`refs/heads/${branch}`).catch(() => undefined)
  )?.sha;
  if (!head) {
    throw notFound(`Branch ${branch} not found`);
  }
  assertMayCommit(context, branch, 409);
  const before = await git.readPath(head, path);
  const sha = body.optionalString('sha');
  if (before && !sha) {
    throw unprocessable('Invalid request.\n\n"sha" wasn\'t supplied.');
  }
  if (sha && sha !== before?.sha) {
    throw new GithubError(409, `${path} does not match ${sha}`);
  }
  const tree = await writeFile(context, head, path, content);
  const commit = await git.writeCommit({
    tree,
    parents: [head],
    message,
    ...committers(context),
  });
  try {
    await git.updateRef(`refs/heads/${branch}`, commit.sha, head);
  } catch {
    const now = await git.resolve(`refs/heads/${branch}`);
    throw new GithubError(409, `is at ${now} but expected ${head}`);
  }
  const after = await git.readPath(commit.sha, path);
  const answer = {
    content: entryBody(context, branch, {
      path,
      sha: after?.sha ?? '',
      size: content.length,
      type: 'file',
    }),
    commit: gitCommit(commit, context.urls),
  };
  return before ? ok(answer) : created(answer);
}

async function writeFile(
  { git }: RepositoryContext,
  head: string,
  path: string,
  content: Uint8Array,
) {
  try {
    return await git.writeTree({
      baseTree: await git.treeOf(head),
      changes: [{ path, content }],
    });
  } catch (error) {
    if (error instanceof InvalidGitInputError) {
      throw unprocessable(
        `path contains a malformed path component: ${error.message}`,
      );
    }
    throw error;
  }
}

export const contentOperations: RepositoryOperation[] = [
  {
    method: 'get',
    path: '/contents',
    access: 'read',
    documentation: 'repos/contents#get-repository-content',
    handle: getContents,
  },
  {
    method: 'get',
    path: '/contents/*',
    access: 'read',
    documentation: 'repos/contents#get-repository-content',
    handle: getContents,
  },
  {
    method: 'put',
    path: '/contents/*',
    access: 'write',
    documentation: 'repos/contents#create-or-update-file-contents',
    handle: putContents,
  },
];
