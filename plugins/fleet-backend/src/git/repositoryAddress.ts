import { InputError } from '@backstage/errors';

/** Where a repository is on a GitHub host. */
export interface RepositoryAddress {
  /** Host with port, as `integrations.github[].host` names it. */
  host: string;
  owner: string;
  name: string;
  /** Address for people, without `.git`. */
  webUrl: string;
}

/** Reads `https://<host>/<owner>/<name>[.git]`; anything else is an `InputError` that shows the form. */
export function parseRepositoryAddress(url: string): RepositoryAddress {
  const refuse = () =>
    new InputError(
      `Repository address "${url}" is not of the form https://<host>/<owner>/<name>: correct fleet.repositories[].url.`,
    );
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw refuse();
  }
  const match = /^\/([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(parsed.pathname);
  if (!match || !/^https?:$/.test(parsed.protocol)) throw refuse();
  const [, owner, name] = match;
  return {
    host: parsed.host,
    owner,
    name,
    webUrl: `${parsed.protocol}//${parsed.host}/${owner}/${name}`,
  };
}
