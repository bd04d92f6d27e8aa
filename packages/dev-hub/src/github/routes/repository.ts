import { runGit } from '../../git/process';
import { accessOf } from '../host/Accounts';
import { notFound } from '../http/GithubError';
import { ok, type RepositoryOperation } from '../http/operation';
import { repositoryCommit } from '../resources/commits';
import { encodePath, nodeId } from '../resources/Links';
import { fullRepository } from '../resources/repositories';
import {
  classicProtection,
  protectionBody,
  protectionUrl,
  requireBranch,
} from './branchProtection';

const HEADS = 'refs/heads/';

export const repositoryOperations: RepositoryOperation[] = [
  {
    method: 'get',
    path: '',
    access: 'read',
    documentation: 'repos/repos#get-a-repository',
    handle: async ({ repository, links, viewer }) =>
      ok(
        fullRepository(
          repository,
          links,
          accessOf(viewer, repository.fullName),
        ),
      ),
  },
  {
    method: 'get',
    path: '/branches',
    access: 'read',
    documentation: 'branches/branches#list-branches',
    async handle(context) {
      const only = context.query('protected');
      const branches = (await context.git.listRefs(HEADS))
        .map(ref => {
          const name = ref.name.slice(HEADS.length);
          return {
            name,
            commit: {
              sha: ref.sha,
              url: `${context.urls.api}/commits/${ref.sha}`,
            },
            protected: context.repository.protectedBranches.has(name),
          };
        })
        .filter(branch => !only || String(branch.protected) === only);
      const { items, headers } = context.paginate(branches);
      return ok(items, headers);
    },
  },
  {
    method: 'get',
    path: '/branches/*',
    access: 'read',
    documentation: 'branches/branches#get-a-branch',
    async handle(context) {
      const name = context.parameter('0');
      const { sha } = await requireBranch(context, name);
      const commit = (await context.git.readCommit(sha))!;
      const protection = classicProtection(context, name);
      const enabled = protection !== undefined;
      return ok({
        name,
        commit: repositoryCommit(commit, context.commitView),
        _links: {
          self: `${context.urls.api}/branches/${encodePath(name)}`,
          html: `${context.urls.html}/tree/${encodePath(name)}`,
        },
        protected: context.repository.protectedBranches.has(name),
        protection: protection
          ? { ...protectionBody(context, name, protection), enabled }
          : { enabled },
        protection_url: protectionUrl(context, name),
      });
    },
  },
  {
    method: 'get',
    path: '/rules/branches/*',
    access: 'read',
    documentation: 'repos/rules#get-rules-for-a-branch',
    async handle(context) {
      const protection = context.repository.protectedBranches.get(
        context.parameter('0'),
      );
      const source = {
        ruleset_source_type: 'Repository',
        ruleset_source: context.repository.fullName,
        ruleset_id: context.repository.id,
      };
      return ok(
        protection?.kind === 'ruleset'
          ? [
              { type: 'deletion', ...source },
              { type: 'non_fast_forward', ...source },
              {
                type: 'pull_request',
                ...source,
                parameters: {
                  required_approving_review_count: 0,
                  dismiss_stale_reviews_on_push: false,
                  require_code_owner_review: false,
                  require_last_push_approval: false,
                  required_review_thread_resolution: false,
                  allowed_merge_methods: ['merge', 'squash'],
                },
              },
            ]
          : [],
      );
    },
  },
  {
    method: 'get',
    path: '/tags',
    access: 'read',
    documentation: 'repos/repos#list-repository-tags',
    async handle(context) {
      const refs = await context.git.listRefs('refs/tags/');
      const { items, headers } = context.paginate(refs.reverse());
      const tags = items.map(async ref => {
        const name = ref.name.slice('refs/tags/'.length);
        const sha = (await context.git.resolve(ref.name)) ?? ref.sha;
        return {
          name,
          node_id: nodeId('Ref', ref.name),
          commit: { sha, url: `${context.urls.api}/commits/${sha}` },
          zipball_url: `${context.urls.api}/zipball/${ref.name}`,
          tarball_url: `${context.urls.api}/tarball/${ref.name}`,
        };
      });
      return ok(await Promise.all(tags), headers);
    },
  },
  {
    method: 'get',
    path: '/tarball/*',
    access: 'read',
    documentation: 'repos/contents#download-a-repository-archive-tar',
    async handle(context) {
      const sha = await context.git.resolve(context.parameter('0'));
      if (!sha) {
        throw notFound();
      }
      const { owner, name } = context.repository;
      const folder = `${owner}-${name}-${sha.slice(0, 7)}`;
      const { stdout } = await runGit(context.git.directory, [
        'archive',
        '--format=tar.gz',
        `--prefix=${folder}/`,
        sha,
      ]);
      return ok(stdout, {
        'Content-Type': 'application/x-gzip',
        'Content-Disposition': `attachment; filename=${folder}.tar.gz`,
      });
    },
  },
];
