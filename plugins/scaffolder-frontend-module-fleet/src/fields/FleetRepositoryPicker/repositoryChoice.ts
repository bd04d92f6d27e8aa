import { Repository } from '@backstage-fleet/plugin-fleet-common';

/** What the form holds of a chosen repository. */
export interface RepositoryChoice {
  id: string;
  url: string;
  host: string;
  owner: string;
  name: string;
}

/** Takes the address apart; `undefined` for one that is not `https://host/owner/name`. */
export function choiceOf({
  id,
  url,
}: Pick<Repository, 'id' | 'url'>): RepositoryChoice | undefined {
  if (!URL.canParse(url)) return undefined;
  const { host, pathname } = new URL(url);
  const [owner, name, ...more] = pathname.split('/').filter(Boolean);
  return name && more.length === 0
    ? { id, url, host, owner, name: name.replace(/\.git$/, '') }
    : undefined;
}
