import type { Account } from '../host/types';
import { stableId } from '../host/Accounts';
import { nodeId, type Links } from './Links';

// A neutral picture: nothing is loaded from elsewhere.
const avatarUrl = (links: Links) => `${links.origin}/-/avatar.svg`;

function common(login: string, id: number, type: string, links: Links) {
  const url = `${links.root}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId(type, id),
    avatar_url: avatarUrl(links),
    gravatar_id: '',
    url,
    html_url: `${links.origin}/${encodeURIComponent(login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  };
}

/** GitHub's `simple-user`. */
export function simpleUser(account: Account, links: Links) {
  return common(account.login, account.id, 'User', links);
}

/** The owner of a repository. */
export function organization(login: string, id: number, links: Links) {
  return common(login, id, 'Organization', links);
}

/** GitHub's `public-user`. */
export function publicUser(account: Account, links: Links) {
  return publicAccount(simpleUser(account, links), account);
}

/** An organization, asked for as if it were a user. */
export function publicOrganization(login: string, links: Links) {
  const id = organizationId(login);
  return publicAccount(organization(login, id, links), {
    name: login,
    email: null,
  });
}

/** Ids of organizations do not depend on the case in which somebody writes the name. */
export function organizationId(login: string): number {
  return stableId(`organization:${login.toLowerCase()}`);
}

function publicAccount(
  simple: ReturnType<typeof simpleUser>,
  account: { name: string; email: string | null },
) {
  return {
    ...simple,
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: account.email,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2020-01-01T00:00:00Z',
  };
}
