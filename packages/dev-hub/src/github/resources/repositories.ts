import type { HostedRepository } from '../host/HostedRepository';
import type { RepositoryAccess } from '../host/types';
import { organization, organizationId } from './accounts';
import { nodeId, toTimestamp, type Links } from './Links';

const SUB_RESOURCES = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
};

/** GitHub's `repository`, as it is embedded in pull requests. */
export function repositorySummary(
  repository: HostedRepository,
  links: Links,
  access: RepositoryAccess,
) {
  const { api, html } = links.of(repository);
  const created = toTimestamp(repository.createdAt);
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: repository.fullName,
    owner: organization(
      repository.owner,
      organizationId(repository.owner),
      links,
    ),
    private: repository.isPrivate,
    html_url: html,
    description: repository.description ?? null,
    fork: false,
    url: api,
    ...Object.fromEntries(
      Object.entries(SUB_RESOURCES).map(([field, path]) => [field, api + path]),
    ),
    clone_url: `${html}.git`,
    git_url: `${html.replace(/^https?:/, 'git:')}.git`,
    ssh_url: `${html}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: repository.homepage ?? null,
    language: null,
    license: null,
    default_branch: repository.git.defaultBranch,
    size: 0,
    forks: 0,
    forks_count: 0,
    open_issues: 0,
    open_issues_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    topics: repository.topics,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    visibility: repository.isPrivate ? 'private' : 'public',
    allow_forking: false,
    is_template: false,
    web_commit_signoff_required: false,
    pushed_at: created,
    created_at: created,
    updated_at: created,
    permissions: {
      admin: access === 'admin',
      maintain: access === 'admin',
      push: access === 'admin' || access === 'write',
      triage: access === 'admin' || access === 'write',
      pull: access !== 'none',
    },
  };
}

/** GitHub's `full-repository`. */
export function fullRepository(
  repository: HostedRepository,
  links: Links,
  access: RepositoryAccess,
) {
  return {
    ...repositorySummary(repository, links, access),
    allow_merge_commit: true,
    allow_squash_merge: true,
    allow_rebase_merge: false,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    network_count: 0,
    subscribers_count: 0,
  };
}
