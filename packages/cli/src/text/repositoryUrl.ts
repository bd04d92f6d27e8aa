import type { RepositorySnapshot } from '@backstage-fleet/plugin-fleet-gitops';

/** Host and path of a repository's URL, whether it is one of HTTP or SSH; without port, user and `.git`. */
function identity(url: string): string {
  const scp = /^(?:[^@/:]+@)?([^/:]+):(?!\/\/)(.+)$/.exec(url);
  const [, host, path] =
    scp ?? /^[a-z+]+:\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+)$/i.exec(url) ?? [];
  if (host === undefined) return url;
  const name = path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  return `${host}/${name}`.toLocaleLowerCase('en-US');
}

/** Whether two URLs lead to the same repository, by whichever protocol. */
export function sameRepository(one: string, other: string): boolean {
  return identity(one) === identity(other);
}

const MANIFEST = /\bkind"?\s*:\s*["']?Application(Set)?\b/;

const REPO_URL = /\brepoURL"?\s*:\s*["']?([^\s"',}]+)/g;

/** The repositories that manifests name, most often named first. Those with a template in the URL are left out. */
export function namedRepositories(
  files: RepositorySnapshot['files'],
): string[] {
  const counts = new Map<string, number>();
  for (const [path, text] of files) {
    if (!/\.(ya?ml|json)$/.test(path) || !MANIFEST.test(text)) continue;
    for (const [, url] of text.matchAll(REPO_URL)) {
      if (!url.includes('{{')) counts.set(url, (counts.get(url) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([url]) => url);
}
