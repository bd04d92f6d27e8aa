import { compareVersions } from '@backstage-fleet/plugin-fleet-common';
import type { GitTag, GitTagList } from '@backstage-fleet/plugin-fleet-node';
import type { GitHubApi } from './githubApi';

/** How much is read. */
export interface TagListOptions {
  /** Tags of a page. Default 100: GitHub answers with no more at once. */
  pageSize?: number;
  /** Default 10: a page takes a request, one after the other. */
  mostPages?: number;
}

/** What GitHub answered for a page of tags. */
interface TagPage {
  etag?: string;
  tags: GitTag[];
  isLast: boolean;
}

/**
 * The tags of a repository, read page by page.
 *
 * @remarks
 * GitHub lists them by name, the last name first, which is not by version: `v1.9.0` comes before `v1.10.0`. So which are the newest is
 * known when all are read. A page that is as it was is answered with 304, which costs nothing of the rate limit. Source: GitHub
 * "Best practices for using the REST API", "Use conditional requests if appropriate".
 */
export class TagList {
  readonly #api: GitHubApi;
  readonly #pageSize: number;
  readonly #mostPages: number;
  #pages: TagPage[] = [];

  constructor(
    api: GitHubApi,
    { pageSize = 100, mostPages = 10 }: TagListOptions = {},
  ) {
    this.#api = api;
    this.#pageSize = pageSize;
    this.#mostPages = mostPages;
  }

  /** The newest version first. */
  async read(): Promise<GitTagList> {
    const pages: TagPage[] = [];
    do {
      pages.push(await this.#page(pages.length + 1, this.#pages[pages.length]));
    } while (!pages[pages.length - 1].isLast && pages.length < this.#mostPages);
    this.#pages = pages;
    return {
      tags: pages
        .flatMap(({ tags }) => tags)
        .sort((a, b) => compareVersions(b.name, a.name)),
      complete: pages[pages.length - 1].isLast,
    };
  }

  #page(page: number, known: TagPage | undefined): Promise<TagPage> {
    const { address, client, target } = this.#api;
    return this.#api.send(async () => {
      try {
        const { data, headers } = await client.rest.repos.listTags({
          ...target,
          per_page: this.#pageSize,
          page,
          ...(known?.etag && { headers: { 'if-none-match': known.etag } }),
        });
        return {
          data: {
            etag: headers.etag,
            isLast: !/rel="next"/.test(headers.link ?? ''),
            tags: data.map(({ name, commit }) => ({
              name,
              sha: commit.sha,
              url: `${address.webUrl}/tree/${name
                .split('/')
                .map(encodeURIComponent)
                .join('/')}`,
            })),
          },
        };
      } catch (error) {
        if (known && (error as { status?: number }).status === 304)
          return { data: known };
        throw error;
      }
    });
  }
}
